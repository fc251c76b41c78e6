/** Builds DMN files for tests from a few words: columns and rows of cells, rule ids r1, r2 … */

export interface Sketch {
  id?: string;
  name?: string;
  policy?: string;
  aggregation?: string;
  inputs?: { label?: string; expression: string; type?: string; allowed?: string }[];
  outputs?: { name: string; type?: string; allowed?: string; otherwise?: string }[];
  /** cells: inputs, then outputs */
  rules?: string[][];
  literal?: string;
  /** ids of required decisions, of input data */
  requires?: string[];
  data?: string[];
}

export const definitions = (...elements: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="d" namespace="http://test">${elements.join('')}</definitions>`;

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const texts = (tag: string, id: string, text: string): string =>
  `<${tag} id="${id}"><text>${xml(text)}</text></${tag}>`;

export function decision(sketch: Sketch): string {
  const { id = 'main', name = id, requires = [], data = [], literal } = sketch;
  const links = [
    ...requires.map((other) => `<requiredDecision href="#${other}"/>`),
    ...data.map((input) => `<requiredInput href="#${input}"/>`),
  ].map((link, i) => `<informationRequirement id="${id}_q${i}">${link}</informationRequirement>`);
  const logic = literal === undefined ? table(id, sketch) : texts('literalExpression', `${id}_le`, literal);
  return `<decision id="${id}" name="${name}"><variable id="${id}_v" name="${name}"/>${links.join('')}${logic}</decision>`;
}

function table(id: string, sketch: Sketch): string {
  const inputs = sketch.inputs ?? [{ expression: 'x' }];
  const outputs = sketch.outputs ?? [{ name: 'y' }];
  const head = `<decisionTable id="${id}_t" hitPolicy="${sketch.policy ?? 'UNIQUE'}"${sketch.aggregation ? ` aggregation="${sketch.aggregation}"` : ''}>`;
  const type = (typeRef?: string) => (typeRef ? ` typeRef="${typeRef}"` : '');
  const ins = inputs.map(
    (input, i) =>
      `<input id="${id}_i${i}"${input.label ? ` label="${input.label}"` : ''}><inputExpression id="${id}_e${i}"${type(input.type)}><text>${xml(input.expression)}</text></inputExpression>${input.allowed ? texts('inputValues', `${id}_a${i}`, input.allowed) : ''}</input>`,
  );
  const outs = outputs.map(
    (output, i) =>
      `<output id="${id}_o${i}" name="${output.name}"${type(output.type)}>${output.allowed ? texts('outputValues', `${id}_w${i}`, output.allowed) : ''}${output.otherwise ? texts('defaultOutputEntry', `${id}_d${i}`, output.otherwise) : ''}</output>`,
  );
  const rows = (sketch.rules ?? []).map((cells, r) => {
    const entries = cells.map((cell, c) =>
      texts(c < inputs.length ? 'inputEntry' : 'outputEntry', `${id}_c${r}_${c}`, cell),
    );
    return `<rule id="r${r + 1}">${entries.join('')}</rule>`;
  });
  return `${head}${ins.join('')}${outs.join('')}${rows.join('')}</decisionTable>`;
}
