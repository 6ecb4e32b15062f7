/** The engine that lays graphs out, beside the page so that the page does not wait. */
import { loadEngine } from "gradbook/graph";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts";

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
