/** The frame of every command: signals, one sentence for what went wrong, and an exit code. */
import { Interrupted, type Interruption, listenForInterruption } from "./interruption.ts";
import { SetupError } from "./setup-error.ts";

/** Runs a command with its arguments; what it answers is the exit code. */
export async function runCommand(
  main: (args: readonly string[], interruption: Interruption) => Promise<number>,
): Promise<never> {
  const interruption = listenForInterruption();
  let code: number;
  try {
    code = await main(process.argv.slice(2), interruption);
  } catch (error) {
    // Whatever a stop made fail, the stop is the reason.
    if (interruption.stop.aborted || error instanceof Interrupted) code = 130;
    else code = explain(error);
  }
  process.exit(code);
}

function explain(error: unknown): number {
  console.error(error instanceof SetupError ? error.message : error);
  return 1;
}
