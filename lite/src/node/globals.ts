/** What Node has in its global scope and a browser has not, or has otherwise; imported before all else. */
import { Buffer } from "./buffer.ts";
import { nodeConsole } from "./console.ts";
import { process } from "./process.ts";
import timers from "./timers.ts";

Object.assign(globalThis, { Buffer, process, global: globalThis, ...timers });
Object.assign(console, nodeConsole);
