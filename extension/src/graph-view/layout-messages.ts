/** What the page and its layout worker say to each other. */

/** A graph in the language of the engine. */
export interface LayoutRequest {
  readonly request: number;
  readonly source: string;
}

/** The engine's answer to the request of the same number. */
export type LayoutAnswer =
  | { readonly request: number; readonly layout: string }
  | { readonly request: number; readonly problem: string };
