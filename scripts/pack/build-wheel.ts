/** Builds the Python package from what is gathered. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Turn } from "../setup/lock.ts";
import { python } from "../setup/paths.ts";
import { runQuietly } from "../setup/processes.ts";

/** The files of a package in a folder: the wheel, and the source distribution. */
export function packagesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /^gradbook-.*\.(whl|tar\.gz)$/.test(name))
    .map((name) => join(folder, name));
}

/** Puts the wheel, and the source distribution it could be built from, in a folder, in place of earlier ones. */
export async function buildWheel(folder: string, turn: Turn, targets: string[] = []): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  for (const file of packagesIn(folder)) rmSync(file);
  const args = ["-I", "-m", "hatchling", "build", "--directory", folder];
  await runQuietly(
    {
      name: "hatchling",
      command: python,
      args: [...args, ...targets.flatMap((target) => ["--target", target])],
      env: { ...process.env, GRADBOOK_GATHERED: "1" },
    },
    turn,
  );
  return packagesIn(folder);
}
