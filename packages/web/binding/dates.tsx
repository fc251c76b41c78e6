/**
 * Owns the controls for days and moments. Values travel as texts (YYYY-MM-DD, YYYY-MM-DDTHH:mm), never as Date objects; a
 * range is two pickers side by side, which also fits a phone.
 */
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { control } from './control.tsx';
import { say } from './texts.ts';

const DAY = 'YYYY-MM-DD';
const MOMENT = 'YYYY-MM-DDTHH:mm';

export const DateInput = control<string>(({ value, onChange, onFocus, onBlur, aria, invalid, page, props }) => (
  <DatePicker
    {...aria}
    {...(invalid && { status: 'error' as const })}
    className="gw-full"
    value={read(value, DAY)}
    onChange={(next) => onChange(next ? next.format(DAY) : undefined)}
    onFocus={onFocus}
    onBlur={onBlur}
    format={page.language === 'zh-CN' ? ['YYYY年M月D日', DAY, 'YYYY/M/D', 'YYYYMMDD'] : [DAY, 'YYYY/M/D']}
    placeholder={typeof props.placeholder === 'string' ? props.placeholder : say(page.language, 'choose')}
  />
));

export const DateTimeInput = control<string>(({ value, onChange, onFocus, onBlur, aria, invalid, page, props }) => (
  <DatePicker
    {...aria}
    {...(invalid && { status: 'error' as const })}
    className="gw-full"
    showTime={{ format: 'HH:mm' }}
    value={read(value, MOMENT)}
    onChange={(next) => onChange(next ? next.format(MOMENT) : undefined)}
    onFocus={onFocus}
    onBlur={onBlur}
    format={page.language === 'zh-CN' ? ['YYYY年M月D日 HH:mm', 'YYYY-MM-DD HH:mm'] : ['YYYY-MM-DD HH:mm']}
    placeholder={typeof props.placeholder === 'string' ? props.placeholder : say(page.language, 'choose')}
  />
));

export const DateRange = control<string[]>(({ value, onChange, onFocus, onBlur, aria, invalid, labelId, page }) => {
  const [from = '', to = ''] = value ?? [];
  const put = (next: string[]) => onChange(next.some((day) => day !== '') ? next : undefined);
  const side = (day: string, name: 'from' | 'to', change: (day: string) => void) => (
    <DatePicker
      id={name === 'from' ? aria.id : `${aria.id}-to`}
      {...(invalid && { status: 'error' as const })}
      className="gw-full"
      value={read(day, DAY)}
      onChange={(next) => change(next ? next.format(DAY) : '')}
      onFocus={onFocus}
      onBlur={onBlur}
      format={page.language === 'zh-CN' ? ['YYYY年M月D日', DAY, 'YYYY/M/D'] : [DAY]}
      placeholder={say(page.language, name)}
      aria-label={say(page.language, name)}
      aria-invalid={aria['aria-invalid']}
      aria-describedby={aria['aria-describedby']}
    />
  );
  return (
    <fieldset className="gw-bare gw-range" aria-labelledby={labelId} aria-label={aria['aria-label']}>
      {side(from, 'from', (day) => put([day, to]))}
      <span>{say(page.language, 'until')}</span>
      {side(to, 'to', (day) => put([from, day]))}
    </fieldset>
  );
});

function read(text: string | undefined, format: string) {
  const day = text ? dayjs(format === DAY ? text.slice(0, 10) : text.slice(0, 16)) : null;
  return day?.isValid() ? day : null;
}
