/** The little of dmn-moddle that xml.ts uses; the package ships no types. */
declare module 'dmn-moddle' {
  export interface DmnElement {
    readonly $type: string;
    readonly [property: string]: unknown;
  }
  interface Package {
    readonly types: readonly object[];
  }
  export class DmnModdle {
    /** packages by prefix, in addition to those it has or in the place of one */
    constructor(packages?: Readonly<Record<string, Package>>);
    getPackage(prefix: string): Package;
    fromXML(xml: string): Promise<{ rootElement: DmnElement; warnings: readonly { message: string }[] }>;
  }
}
