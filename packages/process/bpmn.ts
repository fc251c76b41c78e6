/**
 * Owns BPMN as a library reads and writes it, our settings included. There is one library, because it works out its types at every element
 * of a kind that it sees for the first time; it keeps nothing of what it has read.
 */
import { BpmnModdle } from 'bpmn-moddle';
import moddle from './moddle.json' with { type: 'json' };

export const bpmn = new BpmnModdle({ ganwei: moddle });
