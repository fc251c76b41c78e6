/** Owns the way of a table to Excel and back: what was read, and what could not be, is told before anything is taken. Rule: [DTB8]. */
import { setRules } from '@ganwei/decision/sheet/acts';
import { rowsOf, type TakenRows, takeRows } from '@ganwei/decision/sheet/rows';
import { Button } from 'antd';
import { useState } from 'react';
import { ChooseFile } from '../../kit/choose-file.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { saveFile } from '../../kit/files.ts';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { slipIn, slipInTests } from '../feel/reading.ts';
import { useDeciding } from './deciding.ts';

/** Larger files are not looked at. */
const LARGEST = 2_000_000;

export function SheetFile() {
  const { sheet, readOnly } = useDeciding();
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const give = async () => {
    const { default: write } = await import('write-excel-file/browser');
    const rows = rowsOf(sheet).map((row, index) =>
      row.map((value) => ({ type: String, value, ...(index === 0 && { fontWeight: 'bold' as const }) })),
    );
    saveFile(await write(rows).toBlob(), `${sheet.name}.xlsx`);
  };
  return (
    <>
      <Button size="small" onClick={() => void give()}>
        {say('decision.toExcel')}
      </Button>
      {!readOnly && (
        <Button size="small" onClick={() => setOpen(true)}>
          {say('decision.fromExcel')}
        </Button>
      )}
      {open && <FromExcel close={() => setOpen(false)} />}
    </>
  );
}

function FromExcel({ close }: { close(): void }) {
  const { sheet, act, functions } = useDeciding();
  const { say } = useSpeech();
  const [taken, setTaken] = useState<TakenRows>();
  const look = async (file: File) => {
    setTaken(undefined);
    if (file.size > LARGEST) return tell(say('decision.tooLarge'), 'error');
    try {
      const { default: read } = await import('read-excel-file/browser');
      const [first] = await read(file);
      const slip = (text: string, column: number) =>
        functions.length === 0 ? '' : (sheet.columns[column]?.kind === 'input' ? slipInTests : slipIn)(text, functions);
      setTaken(takeRows(sheet, (first?.data ?? []) as Parameters<typeof takeRows>[1], slip));
    } catch {
      tell(say('decision.noExcel'), 'error');
    }
  };
  const unread = taken?.told.filter(({ why }) => why !== 'unknown') ?? [];
  return (
    <Dialog
      wide
      title={say('decision.fromExcel')}
      confirm={say('decision.take')}
      disabled={!taken || unread.length > 0 || taken.rules.length === 0}
      onConfirm={() => {
        if (taken) act(say('decision.did.import'), (at) => setRules(at, taken.rules));
        close();
      }}
      onClose={close}
    >
      <p>{say('decision.importHint')}</p>
      <ChooseFile label={say('decision.importFile')} accept=".xlsx" onChoose={(file) => void look(file)} />
      {taken && <p role="status">{say('decision.importSum', { n: taken.rules.length, now: sheet.rules.length })}</p>}
      {taken && taken.told.length > 0 && (
        <ul role="alert">
          {taken.told.map(({ cell, why, what }) => (
            <li key={`${cell} ${why} ${what}`}>
              {cell}：{say(`decision.flaw.${why}`, { what })}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
