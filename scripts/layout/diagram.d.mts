/** The BPMN file with a drawing of ours; throws Error when it is no BPMN or has no process. */
export function drawn(xml: string): Promise<string>;
