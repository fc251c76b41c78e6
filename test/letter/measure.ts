/**
 * Owns looking at printed pages with a ruler: lines of glyphs and rules with their places in millimetres, from the SVG of the pages.
 * No tool besides the compiler is needed. A test that wants to know where something stands asks here.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Glyphs on one baseline. Millimetres from the left and upper edges of the paper; ink is what is really black or red. */
export interface PrintedLine {
  baseline: number;
  left: number;
  right: number;
  inkTop: number;
  inkBottom: number;
  inkLeft: number;
  inkRight: number;
  glyphs: number;
  /** ids of the shapes; a font that lacks a character gives the same empty box for all of them */
  shapes: Set<string>;
  fill: string;
}

export interface Rule {
  top: number;
  left: number;
  length: number;
  thickness: number;
  fill: string;
}

export interface PrintedPage {
  lines: PrintedLine[];
  rules: Rule[];
}

const compiler = NodeCompiler.create({ workspace: mkdtempSync(path.join(tmpdir(), 'measure-')) });

/** Every page of a document. */
export function measure(typst: string): PrintedPage[] {
  const { result } = compiler.compile({ mainFileContent: typst });
  if (!result) throw new Error('does not compile');
  const pages = Array.from({ length: result.numOfPages }, (): PrintedPage => ({ lines: [], rules: [] }));
  read(compiler.plainSvg(result), pages);
  for (const page of pages) page.lines.sort((a, b) => a.baseline - b.baseline);
  return pages;
}

const MM = 25.4 / 72;
const PAGE = 297 / MM;

interface Matrix {
  x: number;
  y: number;
  scaleX: number;
  scaleY: number;
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Walks the elements of the picture in order, with the transformations around each. */
function read(svg: string, pages: PrintedPage[]): void {
  const outlines = readOutlines(svg);
  const around: Matrix[] = [{ x: 0, y: 0, scaleX: 1, scaleY: 1 }];
  let text: Matrix | null = null;
  for (const [tag = '', slash, name, attributes = ''] of svg.matchAll(/<(\/?)(g|path|use)\b([^>]*)>/g)) {
    const here = compose(around.at(-1)!, attributes);
    if (name === 'g' && attributes.endsWith('/')) continue;
    if (name === 'g') {
      if (slash) around.pop();
      else around.push(here);
      if (!slash) text = attributes.includes('typst-text') ? here : null;
    } else if (name === 'use' && text) addGlyph(pages, text, attributes, outlines);
    else if (name === 'path' && attributes.includes('typst-shape') && !tag.includes('841.889'))
      addRule(pages, here, attributes);
  }
}

function compose(outer: Matrix, attributes: string): Matrix {
  const [a = 1, , , d = 1, x = 0, y = 0] = /matrix\(([^)]*)\)/.exec(attributes)?.[1]?.split(' ').map(Number) ?? [];
  return {
    x: outer.x + outer.scaleX * x,
    y: outer.y + outer.scaleY * y,
    scaleX: outer.scaleX * a,
    scaleY: outer.scaleY * d,
  };
}

function addGlyph(pages: PrintedPage[], at: Matrix, attributes: string, outlines: ReadonlyMap<string, Box>): void {
  const [, id = ''] = /href="#([^"]+)"/.exec(attributes) ?? [];
  const offset = Number(/\bx="([^"]+)"/.exec(attributes)?.[1] ?? 0);
  const number = Math.floor(at.y / PAGE);
  const baseline = (at.y - number * PAGE) * MM;
  const left = (at.x + offset * at.scaleX) * MM;
  const ink = outlines.get(id) ?? { left: 0, right: 0, top: 0, bottom: 0 };
  const inkTop = baseline + ink.top * at.scaleY * MM;
  const inkBottom = baseline + ink.bottom * at.scaleY * MM;
  const inkLeft = left + ink.left * at.scaleX * MM;
  const inkRight = left + ink.right * at.scaleX * MM;
  const { lines } = pages[number]!;
  const line = lines.find((one) => Math.abs(one.baseline - baseline) < 0.3);
  if (!line) {
    const fill = /fill="([^"]+)"/.exec(attributes)?.[1] ?? '';
    lines.push({
      baseline,
      left,
      right: left,
      inkTop,
      inkBottom,
      inkLeft,
      inkRight,
      glyphs: 1,
      shapes: new Set([id]),
      fill,
    });
    return;
  }
  line.glyphs++;
  line.shapes.add(id);
  line.left = Math.min(line.left, left);
  line.right = Math.max(line.right, left);
  line.inkTop = Math.min(line.inkTop, inkTop);
  line.inkBottom = Math.max(line.inkBottom, inkBottom);
  line.inkLeft = Math.min(line.inkLeft, inkLeft);
  line.inkRight = Math.max(line.inkRight, inkRight);
}

/** A drawn line, or a filled rectangle that serves as one. */
function addRule(pages: PrintedPage[], at: Matrix, attributes: string): void {
  const d = /\bd="([^"]*)"/.exec(attributes)?.[1] ?? '';
  const length = Number(/h ?(-?[\d.]+)/.exec(d)?.[1] ?? 0) * MM;
  const stroke = Number(/stroke-width="([^"]+)"/.exec(attributes)?.[1] ?? 0) * MM;
  const height = Number(/v ?(-?[\d.]+)/.exec(d)?.[1] ?? 0) * MM;
  const number = Math.floor(at.y / PAGE);
  const y = (at.y - number * PAGE) * MM;
  const fill = /(?:stroke|fill)="(#[^"]+)"/.exec(attributes)?.[1] ?? '';
  if (length > 0) {
    pages[number]!.rules.push({ top: y - stroke / 2, left: at.x * MM, length, thickness: stroke || height, fill });
  }
}

/** The extent of each glyph, in points above and below the baseline (up is positive, as glyphs are drawn). */
function readOutlines(svg: string): Map<string, Box> {
  const found = new Map<string, Box>();
  for (const [, id = '', d = ''] of svg.matchAll(/<symbol id="([^"]+)"[^>]*>\s*<path d="([^"]*)"/g))
    found.set(id, extent(d));
  return found;
}

function extent(d: string): Box {
  const box: Box = { left: Infinity, right: -Infinity, top: -Infinity, bottom: Infinity };
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const visit = (): void => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.max(box.top, y);
    box.bottom = Math.min(box.bottom, y);
  };
  for (const [, command = '', rest = ''] of d.matchAll(/([MmlhvcqZ])([^MmlhvcqZ]*)/g)) {
    const numbers = rest
      .trim()
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    if (command === 'Z') [x, y] = [startX, startY];
    else if (command === 'h') x += numbers[0]!;
    else if (command === 'v') y += numbers[0]!;
    else [x, y] = [x + numbers.at(-2)!, y + numbers.at(-1)!];
    if (command === 'm') [startX, startY] = [x, y];
    if (command !== 'M' && command !== 'm') visit();
  }
  return box;
}
