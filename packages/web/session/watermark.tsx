/**
 * Owns what lies over the pages of some cases: name and unit of whoever looks at them, and the moment, so that a picture of the screen tells whose it
 * was. Drawn as a background of our own: antd's would bring a kilobyte to every first visit.
 */
import type { CSSProperties } from 'react';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { usePerson, useSession } from './session.tsx';

const OVER: CSSProperties = { position: 'fixed', inset: 0, pointerEvents: 'none', zIndex: 90 };

/** Over the pages of this case, if they are to bear one. */
export const Watermarked = ({ of: { watermark } }: { of: { watermark: boolean } }) => watermark && <Watermark />;

function Watermark() {
  const { language } = useSpeech();
  const { name, unit } = usePerson();
  const { now } = useSession();
  const lines = [[name, unit].filter(Boolean).join(' '), momentText(now(), language)];
  return <div aria-hidden="true" className="watermark" style={{ ...OVER, backgroundImage: tileOf(lines) }} />;
}

const tileOf = (lines: readonly string[]): string =>
  `url("data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><g transform="rotate(-20 160 100)" fill="#000" fill-opacity=".09" font-size="15" font-family="sans-serif">${lines
      .map((line, index) => `<text x="30" y="${90 + index * 22}">${escaped(line)}</text>`)
      .join('')}</g></svg>`,
  )}")`;

const escaped = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
