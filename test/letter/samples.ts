/** Owns the letters that the tests print: one template a layout, and texts that are long, short, odd or hostile. */
import type { Language } from '@ganwei/feel/compile';
import { type Composed, readLetter } from '@ganwei/letter/template';

export const LANGUAGE: Language = { mode: 'strict' };

export const letter = {
  number: '宜纪容决〔2026〕7号',
  issuedOn: '2026-01-04',
  to: [{ name: '市住房和城乡建设局', person: '尹川' }],
  copies: ['甲单位党组', '派驻纪检监察组', '市委组织部', '市委巡察办', '市审计局'].map((name) => ({ name })),
};

/** Front matter lines and a body become a composed letter. */
export function compose(front: string, body: string, data: Record<string, unknown> = {}): Composed {
  const source = `---\nletter: sample\nname: 样本\norgan: 某某市人民政府\n${front}\n---\n${body}\n`;
  return readLetter(source, LANGUAGE).compose({ letter, ...data });
}

const DOCUMENT = `layout: document
mark: 某某市人民政府文件
title: 关于办理有关事项的决定
to: "{= letter.to.name }"
copies: "= letter.copies"
printedBy: 某某市人民政府办公室`;

export const document = (body: string, extra = ''): Composed => compose(`${DOCUMENT}\n${extra}`.trim(), body);

export const official = (body: string, extra = ''): Composed =>
  compose(`${DOCUMENT.replace('layout: document', 'layout: letter').replace('文件', '')}\n${extra}`.trim(), body);

/** Exactly so many Chinese characters without punctuation. */
export const characters = (count: number): string =>
  '建设有为政府办好实事'.repeat(Math.ceil(count / 10)).slice(0, count);
