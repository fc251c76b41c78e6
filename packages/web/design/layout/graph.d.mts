/** What graph.mjs says to TypeScript. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** By the ids of what they belong to; `fits`: at full size it is no larger than a screen. */
export interface Arrangement {
  readonly shapes: ReadonlyMap<string, Box>;
  readonly labels: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
  readonly fits: boolean;
}

export function placed(scope: unknown, elk: { layout(graph: never): Promise<unknown> }): Promise<Arrangement>;
