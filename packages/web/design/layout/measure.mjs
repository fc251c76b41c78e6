/** Owns the sizes of what is drawn: shapes as bpmn-js draws them, and how much room a text takes. Never knows where anything stands. */

export const GAP = 8;
const LINE = 14;
const WIDEST_ANNOTATION = 900;
/** Chinese signs are as wide as the letters are high, others a little more than half of that, at 11 px. */
const widthOf = (text) => [...text].reduce((sum, sign) => sum + (/[⺀-鿿＀-￯]/.test(sign) ? 11.5 : 6.5), 0);

/** Width and height of a text in lines of about the same length, none much longer than `most` px. */
export function textSize(text, most = 104) {
  const width = widthOf(text);
  const lines = Math.ceil(width / most);
  return { width: Math.ceil(width / lines) + (lines > 1 ? 14 : 6), height: lines * LINE + 2 };
}

/** A shape as bpmn-js draws it: events are circles, gateways diamonds, annotations as large as their text, all else boxes. */
export function shapeSize({ $type, text }) {
  if ($type === 'bpmn:TextAnnotation') return annotationSize(text);
  if (/Event$/.test($type)) return { width: 36, height: 36 };
  if (/Gateway$/.test($type)) return { width: 50, height: 50 };
  return { width: 100, height: 80 };
}

/** Annotations are written at 12 px in lines as wide as most of a screen. */
function annotationSize(text) {
  const width = (widthOf(text) * 12.2) / 11;
  const lines = Math.ceil(width / WIDEST_ANNOTATION);
  return { width: Math.ceil(width / lines) + 26, height: lines * 16 + 12 };
}

/** Names of events and gateways stand outside the shape. */
export const namedOutside = ({ $type, name }) => Boolean(name) && /(Event|Gateway)$/.test($type);
