/** What is left of a set-up that was killed is no hindrance for the next one. */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { describe, it } from "vitest";
import { descendants, kill, parents } from "../../scripts/setup/families.ts";
import { makeSmallGradbook, type RunningSetup, type SmallGradbook } from "./small-gradbook.ts";

/** Twenty kills in all, on checkouts side by side. */
const [checkouts, kills] = [4, 5];

/** Who is killed: all that the terminal knows of, or only the process that does the work. */
const victims: readonly ((running: RunningSetup) => void)[] = [
  ({ process: head }) => kill(-(head.pid as number)),
  ({ process: head }) =>
    descendants(head.pid as number, parents())
      .filter(isSetup)
      .forEach(kill),
];

describe.skipIf(process.platform !== "linux")("A set-up that is killed", () => {
  it.concurrent.for(Array.from({ length: checkouts }, (_, k) => k))(
    "leaves no hindrance for the next, in checkout %i",
    async (checkout, { expect, onTestFinished }) => {
      const small = makeSmallGradbook();
      onTestFinished(() => small.remove());
      const begin = performance.now();
      expect(await succeed(small)).toEqual([]);
      const whole = performance.now() - begin;
      for (let k = 0; k < kills; k++) {
        small.renew();
        const running = small.start();
        const moment = Math.random() * whole;
        await Promise.race([delay(moment), running.ended]);
        victims[(checkout + k) % victims.length](running);
        await running.ended;
        const where = `killed ${Math.round(moment)} ms after its start of ${Math.round(whole)} ms`;
        expect(await succeed(small), where).toEqual([]);
      }
      await expect.poll(() => processesIn(small.folder)).toEqual([]);
    },
  );
});

/** Sets up once more, and answers what is wrong with what is there then. */
async function succeed(small: SmallGradbook): Promise<string[]> {
  const { code, output } = await small.start().ended;
  const complaints = output.split("\n").filter((line) => !/^$|ing|ready after|is set up/.test(line));
  return [...(code === 0 ? [] : [`It ended with ${code}:\n${output}`]), ...complaints, ...small.faults()];
}

/** Whether a process is scripts/setup.ts. */
function isSetup(pid: number): boolean {
  return commandOf(pid).includes("setup.ts");
}

/** The processes that have been started for a checkout. */
function processesIn(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandOf(Number(pid)))
    .filter((command) => command.includes(folder));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
