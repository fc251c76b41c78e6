/** Owns the English words of the drawing of a case. */
import type { DiagramKey } from './diagram.zh-CN.ts';

export const diagramEn: Record<DiagramKey, string> = {
  'diagram.label': 'Diagram of the flow; the record says the same in words',
  'diagram.failed': 'The diagram could not be drawn; see the record.',
  'diagram.in': 'Zoom in',
  'diagram.out': 'Zoom out',
  'diagram.fit': 'Whole',
  'diagram.here': 'Current step',
  'diagram.full': 'Full screen',
  'diagram.finished': 'finished',
  'diagram.current': 'in progress',
  'diagram.taken': 'way taken',
  'diagram.ahead': 'not reached',
  'diagram.hint': 'drag to move',
};
