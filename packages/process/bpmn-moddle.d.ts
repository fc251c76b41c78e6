/** bpmn-moddle 10 ships no declaration of its entry; this is the little we use. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>);
    /** rejects with an Error that has `warnings` when the text is not XML or not BPMN */
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string; element?: { id?: string } }[] }>;
    toXML(root: unknown, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
