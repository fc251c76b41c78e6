/**
 * Owns the dialog in which the yearly notice is read: what each line was taken as, what was not understood, and what would be different, before anything
 * is taken. Rules: [DCL10] [DCL11] [DCL12].
 */
import { type Notice, readNotice } from '@ganwei/calendar/notice';
import type { Marks } from '@ganwei/calendar/year';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { ChooseFile } from '../../kit/choose-file.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';

interface NoticeDialogProps {
  year: number;
  /** the calendar is in force: its year stays */
  fixed: boolean;
  marks: Marks;
  /** `source`: how the notice calls itself; '' where it does not */
  take(notice: Notice & { readonly year: number }, source: string): void;
  close(): void;
}

export default function NoticeDialog({ year, fixed, marks, take, close }: NoticeDialogProps) {
  const { say } = useSpeech();
  const [text, setText] = useState('');
  const [seen, setSeen] = useState(false);
  const notice = text.trim() === '' ? undefined : readNotice(text, year);
  const other = fixed && notice?.year !== null && notice?.year !== undefined && notice.year !== year;
  const found = notice && notice.off.length + notice.work.length > 0;
  const look = (next: string) => {
    setText(next);
    setSeen(false);
  };
  return (
    <Dialog
      wide
      title={say('calendar.readNotice')}
      confirm={say('calendar.take')}
      disabled={!found || other || notice.year === null || (notice.doubts.length > 0 && !seen)}
      onConfirm={() => {
        if (notice?.year) take({ ...notice, year: notice.year }, titleIn(text));
        close();
      }}
      onClose={close}
    >
      <p>{say('calendar.noticeHint')}</p>
      <ChooseFile
        label={say('calendar.noticeFile')}
        accept=".txt,.json,text/plain,application/json"
        onChoose={(file) => void file.text().then(look)}
      />
      <Input.TextArea
        rows={7}
        aria-label={say('calendar.noticeText')}
        placeholder={say('calendar.noticeText')}
        spellCheck={false}
        value={text}
        onChange={({ target }) => look(target.value)}
      />
      {other && (
        <p className="note note-error" role="alert">
          {say('calendar.otherYear', { year, other: notice?.year ?? '' })}
        </p>
      )}
      {notice && <Understood notice={notice} marks={marks} />}
      {notice && notice.doubts.length > 0 && (
        <div className="note note-warning" role="alert">
          <strong>{say('calendar.doubts')}</strong>
          <ul>
            {notice.doubts.map(({ text: words, why }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same words may be doubted twice
              <li key={index}>{say(`calendar.doubt.${why}`, { text: words })}</li>
            ))}
          </ul>
          {found && (
            <Checkbox checked={seen} onChange={({ target }) => setSeen(target.checked)}>
              {say('calendar.doubtsSeen')}
            </Checkbox>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Understood({ notice, marks }: { notice: Notice; marks: Marks }) {
  const { say } = useSpeech();
  const more = (after: readonly string[], before: readonly string[]) =>
    after.filter((day) => !before.includes(day)).length;
  return (
    <div className="cal-understood">
      <p role="status">
        {say('calendar.noticeSum', { year: notice.year ?? '', off: notice.off.length, work: notice.work.length })}{' '}
        {say('calendar.noticeChange', {
          more: more(notice.off, marks.off) + more(notice.work, marks.work),
          less: more(marks.off, notice.off) + more(marks.work, notice.work),
        })}
      </p>
      <ul>
        {notice.understood.map(({ text, off, work }) => (
          <li key={text}>
            {text}
            <br />
            <small className="dim">
              {say(off.length > 0 ? 'calendar.takenOff' : 'calendar.takenWork', {
                days: spansOf(off.length > 0 ? off : work),
                n: off.length + work.length,
              })}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}

const spansOf = (days: readonly string[]): string =>
  days.length > 2 ? `${days[0]} – ${days.at(-1)}` : days.join(' · ');

/** The line of the notice that says what it is. */
const titleIn = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /通知$/.test(line) && line.length < 60) ?? '';
