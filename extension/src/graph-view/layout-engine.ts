/** The engine that lays graphs out: in a worker that all views share, or on the page where no worker can start. */
import { type Engine, loadEngine } from "gradbook/graph";
import type { LayoutAnswer, LayoutRequest } from "./layout-worker.ts";

/** Answers `source` with its layout; fails where the engine does. */
export type AskEngine = (source: string) => Promise<string>;

/** The most layouts that are remembered: going back and forth between them costs nothing. */
const MOST_REMEMBERED = 40;

const remembered = new Map<string, string>();

/** The layout of `source`, from memory where it was asked before. */
export async function layoutBy(engine: AskEngine, source: string): Promise<string> {
  const layout = remembered.get(source) ?? (await engine(source));
  remembered.delete(source);
  remembered.set(source, layout);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
  }
  return layout;
}

let shared: AskEngine | null = null;

/** The engine of this page. */
export const askEngine: AskEngine = (source) => {
  shared ??= startEngine();
  return shared(source);
};

function startEngine(): AskEngine {
  let ask: AskEngine;
  try {
    const worker = new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" });
    ask = askWorker(worker, () => {
      shared = askOnPage;
    });
  } catch {
    ask = askOnPage;
  }
  return ask;
}

/** Asks the worker; `giveUp` is called when it cannot run, and what it was asked goes to the page. */
function askWorker(worker: Worker, giveUp: () => void): AskEngine {
  const waiting = new Map<
    number,
    { source: string; resolve: (layout: string | Promise<string>) => void; reject: (reason: Error) => void }
  >();
  let last = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
    const asked = waiting.get(data.request);
    waiting.delete(data.request);
    if ("layout" in data) asked?.resolve(data.layout);
    else asked?.reject(new Error(`Cannot lay out this graph: ${data.problem}`));
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    giveUp();
    for (const { source, resolve } of waiting.values()) resolve(askOnPage(source));
    waiting.clear();
    worker.terminate();
  });
  return (source) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { source, resolve, reject });
      worker.postMessage({ request: last, source } satisfies LayoutRequest);
    });
}

let onPage: Promise<Engine> | null = null;

async function askOnPage(source: string): Promise<string> {
  onPage ??= loadEngine();
  return (await onPage).layout(source);
}
