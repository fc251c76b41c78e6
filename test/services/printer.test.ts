import { afterAll, describe, expect, it } from 'vitest';
import { makePrinter } from '../../server/services/printer.ts';

const printer = makePrinter({ fontPaths: [] });
afterAll(() => printer.close());

const startsLikePdf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.slice(0, 5));

describe('printer', () => {
  it('[L6] a letter becomes a PDF with its number of pages', async () => {
    const { pdf, pages, substitutions } = await printer.print('正文 #pagebreak() 第二页');
    expect(startsLikePdf(pdf)).toBe('%PDF-');
    expect(pages).toBe(2);
    expect(substitutions).toEqual([]);
  });

  it('[L6] letters wait for their turn and each gets its own result', async () => {
    const pages = [1, 2, 3].map((n) => printer.print('甲#pagebreak()'.repeat(n - 1).concat('乙')));
    expect((await Promise.all(pages)).map((printed) => printed.pages)).toEqual([1, 2, 3]);
  });

  it('[L6] what cannot be printed is an error that says why, and the next letter prints', async () => {
    await expect(printer.print('#unknown-thing')).rejects.toThrow('unknown variable: unknown-thing');
    expect((await printer.print('好')).pages).toBe(1);
  });

  it('[L7] a letter reads no file of the machine', async () => {
    await expect(printer.print('#read("/etc/passwd")')).rejects.toThrow('not found');
    await expect(printer.print('#read("../../etc/passwd")')).rejects.toThrow();
    await expect(printer.print('#image("/proc/self/environ")')).rejects.toThrow();
  });

  it('[L7] a letter fetches nothing from the network', async () => {
    await expect(printer.print('#import "@preview/cetz:0.3.0": *')).rejects.toThrow('may not import');
    await expect(printer.print('#include "a.typ"')).rejects.toThrow('may not import');
    expect((await printer.print('#"import @preview/cetz"')).pages).toBe(1);
  });

  it('[L8] a letter that takes too long is given up, its process ended, and the next one prints', async () => {
    const hasty = makePrinter({ fontPaths: [], timeoutMs: 1500 });
    try {
      await hasty.print('甲');
      await expect(hasty.print('#let n = 0\n#for i in range(100000000) { n += i }\n#n')).rejects.toThrow(
        '文书排版超过 1.5 秒',
      );
      expect((await hasty.print('乙')).pages).toBe(1);
    } finally {
      await hasty.close();
    }
  });

  it('[L8] a closed printer prints nothing and leaves no process', async () => {
    const brief = makePrinter({ fontPaths: [] });
    const pending = brief.print('#let n = 0\n#for i in range(100000000) { n += i }');
    const failed = expect(pending).rejects.toThrow('closed');
    await brief.close();
    await failed;
    await expect(brief.print('甲')).rejects.toThrow('closed');
  });

  it('[L9] a missing typeface is reported with what stood in for it', async () => {
    const face =
      '#metadata((role: "某仿宋", wanted: ("No Such Face",), instead: ("Also None", "Noto Serif CJK SC"))) <face>';
    const source = `${face}\n#set text(font: ("No Such Face", "Also None", "Noto Serif CJK SC"))\n字`;
    expect((await printer.print(source)).substitutions).toEqual(['缺少某仿宋，以 Noto Serif CJK SC 代替']);
  });

  it('[L9] a character the first typeface lacks is taken from the next one', async () => {
    const fallback = await printer.print('#set text(font: ("DejaVu Sans Mono", "Noto Serif CJK SC"))\nA赟喆堃');
    const embedded = /BaseFont\s*\/\w+\+([\w-]+)/g;
    const fonts = [...new TextDecoder('latin1').decode(fallback.pdf).matchAll(embedded)].map(([, name]) => name);
    expect(fonts.some((name) => name?.startsWith('DejaVuSansMono'))).toBe(true);
    expect(fonts.some((name) => name?.startsWith('NotoSerifCJK'))).toBe(true);
  });
});
