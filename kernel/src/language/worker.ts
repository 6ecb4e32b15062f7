/** The language worker: an engine that answers the calls of a client in another thread. */

import "./compile-cache.ts";
import { compactHeap, heapUsed } from "../garbage.ts";
import type { LanguageData } from "./channel.ts";
import { createLanguage } from "./engine.ts";
import { workerData } from "./node.ts";
import { serveLanguage } from "./serve.ts";

const { options, port } = workerData as LanguageData;
serveLanguage(createLanguage(options), port);

/** How long in ms nobody asks for anything before garbage is collected, and by how many bytes the heap must have grown. */
const IDLE = 2000;
const GROWTH = 8_000_000;

let kept = 0;
// Else a session of many cells keeps several times what it needs.
const idle = setTimeout(() => {
  if (heapUsed() < kept + GROWTH) return;
  compactHeap();
  kept = heapUsed();
}, IDLE);
port.on("message", () => idle.refresh());
