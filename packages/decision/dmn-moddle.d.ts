/** The little of dmn-moddle that load.ts uses; the package ships no types. */
declare module 'dmn-moddle' {
  export interface DmnElement {
    readonly $type: string;
    readonly [property: string]: unknown;
  }
  export class DmnModdle {
    fromXML(xml: string): Promise<{ rootElement: DmnElement; warnings: readonly { message: string }[] }>;
  }
}
