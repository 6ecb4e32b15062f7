/** Programs that tests need and Debian has: unpacked beside the checkout, so that nothing on the machine changes. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "./command.ts";
import type { Turn } from "./lock.ts";
import { cache } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import type { Step } from "./step.ts";

/** Where packages are unpacked. */
const debian: string = join(cache, "debian");

/** bubblewrap, in which students' code runs; nothing to do where the machine has it, or no Debian packages. */
export function sandboxOfTests(turn: Turn): Step | undefined {
  return packages("Sandbox for the tests", "bwrap", ["bubblewrap"], turn);
}

/** Redis, for the queue of the grader. */
export function queueOfTests(turn: Turn): Step | undefined {
  const names = ["redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1"];
  return packages("Redis for the tests", "redis-server", names, turn);
}

/** What is left out without it says so by name, so a machine on which it cannot be had is no failure. */
function packages(title: string, program: string, names: readonly string[], turn: Turn): Step | undefined {
  if (process.platform !== "linux" || isOnPath(program) || !isOnPath("apt-get") || !isOnPath("dpkg")) {
    return undefined;
  }
  const folder = join(debian, "packages", program);
  return {
    title,
    doing: `unpacking ${names[0]} of Debian`,
    stamp: join(debian, `${program}.json`),
    inputs: { names: names.join(" ") },
    products: [join(debian, "usr", "bin", program)],
    async run() {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      try {
        await download(names, folder, turn);
        for (const file of globSync("*.deb", { cwd: folder })) {
          const args = ["-x", join(folder, file), debian];
          await runQuietly({ name: `dpkg ${program}`, command: "dpkg", args }, turn);
        }
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        console.log(`${title}: cannot be had here, so the tests that need it are left out`);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function download(names: readonly string[], folder: string, turn: Turn): Promise<void> {
  const get = (...args: string[]): Promise<void> =>
    runQuietly({ name: `apt-get ${args[0]}`, command: "apt-get", args, cwd: folder }, turn);
  try {
    await get("download", ...names);
  } catch (error) {
    // A fresh machine has no list of packages yet, or an old one.
    if (!(error instanceof SetupError) || process.getuid?.() !== 0) throw error;
    await get("update");
    await get("download", ...names);
  }
}

function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, program)).find((file) => existsSync(file));
  return found !== undefined && spawnSync(found, ["--version"]).status === 0;
}
