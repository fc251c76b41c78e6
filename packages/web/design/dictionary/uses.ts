/** Owns where a dictionary is used: the forms and ledgers of the change that choose from it. Rule: [DCT5]. */
import type { Definition } from '../check/told.ts';

/** Names of those definitions, for people. */
export function usersOf(
  definitions: readonly Definition[],
  key: string,
): { kind: Definition['kind']; title: string }[] {
  const named = new RegExp(`"dictionary"\\s*:\\s*"(?:[a-z0-9-]+\\.)?${key.replace(/[^\w-]/g, '')}"`);
  return definitions.flatMap(({ kind, key: own, source }) =>
    (kind === 'form' || kind === 'ledger') && named.test(source) ? [{ kind, title: titleIn(source) || own }] : [],
  );
}

function titleIn(source: string): string {
  try {
    const { title } = JSON.parse(source) as { title?: unknown };
    return typeof title === 'string' ? title : String((title as { 'zh-CN'?: string } | undefined)?.['zh-CN'] ?? '');
  } catch {
    return '';
  }
}
