/** The engine that lays graphs out, in a worker so that the page does not wait; and what the two say to each other. */
import { loadEngine } from "gradbook/graph";

/** A graph in the language of the engine. */
export interface LayoutRequest {
  readonly request: number;
  readonly source: string;
}

/** The engine's answer to the request of the same number. */
export type LayoutAnswer =
  | { readonly request: number; readonly layout: string }
  | { readonly request: number; readonly problem: string };

// The types of a page, which this file shares, do not know what a worker's own are.
const worker: EventTarget & { postMessage(answer: LayoutAnswer): void } = globalThis;

const engine = loadEngine();

worker.addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  const { request, source }: LayoutRequest = event.data;
  let answer: LayoutAnswer;
  try {
    answer = { request, layout: (await engine).layout(source) };
  } catch (error) {
    answer = { request, problem: error instanceof Error ? error.message : String(error) };
  }
  worker.postMessage(answer);
});
