/** The frame of every command: signals, one sentence for what went wrong, and an exit code. */
import { troubleOf } from "./trouble.mjs";

/** What went wrong in a sentence for the person at the terminal, who has no use for a stack trace. */
export class SetupError extends Error {
  override name = "SetupError";
}

/** Runs a command with its arguments; what it answers is the exit code. */
export async function runCommand(
  main: (args: readonly string[], interruption: Interruption) => Promise<number>,
): Promise<never> {
  const interruption = listenForInterruption();
  let code: number;
  try {
    code = await main(process.argv.slice(2), interruption);
  } catch (error) {
    // No matter what failed because of a stop, the stop is the reason.
    if (interruption.stop.aborted || error instanceof Interrupted) code = 130;
    else code = explain(error);
  }
  process.exit(code);
}

function explain(error: unknown): number {
  console.error(error instanceof SetupError ? error.message : (troubleOf(error) ?? error));
  return 1;
}

/** How far the person at the terminal has got in wanting us gone. */
export interface Interruption {
  /** Aborts at the first SIGINT, SIGTERM or SIGHUP: stop, and leave nothing behind. */
  readonly stop: AbortSignal;
  /** Aborts at a later one: stop waiting for anything. */
  readonly hurry: AbortSignal;
}

/** The error of a step that was stopped by a signal; there is nothing to say about it. */
export class Interrupted extends Error {
  override name = "Interrupted";
}

// One Ctrl-C may arrive several times: from the terminal, from npm and from run.mjs, each passing it on.
const sameKeystroke = 1000;

/** Listens for signals from now on. */
function listenForInterruption(): Interruption {
  const stop = new AbortController();
  const hurry = new AbortController();
  let first = 0;
  const interrupt = (cause: string) => {
    if (!stop.signal.aborted) {
      first = performance.now();
      stop.abort(new Interrupted(`Stopped by ${cause}`));
    } else if (performance.now() - first > sameKeystroke) {
      hurry.abort();
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupt(signal));
  // A parent that is killed outright sends no signal; it shows in who our parent is.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    interrupt("the end of its parent");
  }, 1000);
  watch.unref();
  // A closed terminal makes writing fail; that must not get in the way of stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return { stop: stop.signal, hurry: hurry.signal };
}
