/**
 * Owns the Typst compiler, in a process of its own: native code cannot be interrupted in a thread, a process can be ended.
 * Plain JavaScript without imports of ours, so that it runs beside the bundled server as well as from source.
 * It sees an empty folder as its workspace, keeps no package folder and may not import: a letter reads no file and no network.
 * Arguments: workspace, then font folders. Takes { id, source, drawn }, answers { id, pdf, pages, missing, faces }, drawn with an SVG instead of the PDF, or { id, error }.
 * It ends with the process that started it, also when that one was killed and a letter keeps it busy [K9].
 */
import { Worker } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const [workspace, ...fontPaths] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths }] });

process.on('message', ({ id, source, drawn }) => {
  try {
    process.send({ id, ...print(source, drawn) });
  } catch (error) {
    process.send({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
// While native code runs, this thread hears no 'disconnect'; another one sees whose child we are.
const watch = `setInterval(() => process.ppid === ${process.ppid} || process.kill(process.pid, 'SIGKILL'), 1000)`;
new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
process.send({ ready: true });

function print(source, drawn) {
  if (/\b(import|include|plugin)\b/.test(source.replace(/"(?:[^"\\]|\\.)*"/gs, '""'))) {
    throw new Error('a letter may not import anything');
  }
  const run = compiler.compile({ mainFileContent: source, resetRead: true });
  const failure = run.takeError();
  if (failure || !run.result) throw new Error(messages(failure).join('; ') || 'no document');
  const warnings = messages(run.takeWarnings());
  const pages = drawn
    ? { svg: asImage(compiler.svg(run.result)) }
    : { pdf: compiler.pdf(run.result, { pdfTags: false }) };
  const faces = compiler.query(run.result, { selector: '<face>', field: 'value' });
  const missing = warnings.flatMap((message) => /^unknown font family: (.+)$/.exec(message)?.[1] ?? []);
  compiler.evictCache(10);
  return { ...pages, pages: run.result.numOfPages, missing: [...new Set(missing)], faces };
}

// Without what makes text selectable and pages move: an image has no use for it.
function asImage(svg) {
  return svg.replace(/<script[\s\S]*?<\/script>|<foreignObject[\s\S]*?<\/foreignObject>/g, '');
}

function messages(diagnostics) {
  return diagnostics ? compiler.fetchDiagnostics(diagnostics).map(({ message }) => message) : [];
}
