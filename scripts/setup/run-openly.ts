/** Runs a program whose output is what one wants to see. */
import { spawn } from "node:child_process";
import { endOf } from "./family.ts";
import { root } from "./paths.ts";

/** Runs a JavaScript program on this Node to its end, and answers its exit code; a stop ends it and its descendants. */
export async function runOpenly(args: readonly string[], stop: AbortSignal): Promise<number> {
  stop.throwIfAborted();
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    // A group of its own: the terminal's Ctrl-C then reaches only us, and we stop the program as a whole.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const [code] = await endOf(child, stop, { grace: 5000 });
  stop.throwIfAborted();
  return code ?? 1;
}
