/** saxen ships no declaration; this is the little we use. */
declare module 'saxen' {
  export class Parser {
    ns(prefixes: Readonly<Record<string, string>>): this;
    // biome-ignore lint/suspicious/noExplicitAny: what is told depends on the event
    on(event: string, told: (...said: any[]) => void): this;
    parse(text: string): Error | undefined;
  }
}
