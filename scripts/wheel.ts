/** `npm run wheel`: builds the Python package in build/; with --gather only what it is made of, in .cache/wheel. */
import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { buildWheel } from "./pack/build-wheel.ts";
import { gather } from "./pack/gather.ts";
import { packing } from "./pack/packing.ts";
import { runCommand } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async (args, { stop }) => {
  const onlyGather = args.includes("--gather");
  await setUp(onlyGather ? "build" : "wheel", stop);
  await packing(stop, async (turn) => {
    await gather(turn);
    if (onlyGather) return;
    for (const file of await buildWheel(join(root, "build"), turn)) {
      console.log(`${relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
    }
  });
  return 0;
});
