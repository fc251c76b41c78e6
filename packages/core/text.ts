/**
 * Owns what of a text a reader sees: which characters are blanks, however wide or narrow, which turn the order of the others round, when
 * two texts read alike, and what a workbook would read otherwise. Nobody else lists such characters. Rules: [F70] [F71] [Q20] [Q21].
 */

/** Spaces of every width, what has no width at all, and the letters that are drawn as nothing. */
const BLANK = '[\\p{White_Space}\\p{Cf}\\u115f\\u1160\\u2800\\u3164\\uffa0]';
const AROUND = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');
const NOTHING = new RegExp(`^${BLANK}*$`, 'u');
const TURNING = /[\u202a-\u202e\u2066-\u2069]/u;
const TURNING_ALL = new RegExp(TURNING, 'gu');

/** [F70] Does the text say nothing: is it empty, or made of blanks only, full-width and zero-width ones included? */
export const saysNothing = (text: string): boolean => NOTHING.test(text);

/** The text without the blanks around it. */
export const trimmed = (text: string): string => text.replace(AROUND, '');

/** [F71] Does the text hold a sign that turns the order of the others round, so that it reads otherwise than it is? */
export const turnsRound = (text: string): boolean => TURNING.test(text);

/** The text without such signs. */
export const straight = (text: string): string => text.replace(TURNING_ALL, '');

/** [Q20] The text as a search compares it: in either case, of either width, composed in either way, it is the same. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** [Q21] Excel reads `_x0041_` in a text as the character of that number: so that it stays what it is, its first sign is written so. */
export const excelText = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
