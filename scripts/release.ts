/**
 * `npm run release -- 0.2.0`: gives all packages this version and the changelog its heading, then builds and checks
 * everything that is published. It publishes nothing: it says how.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buildWheel } from "./pack/build-wheel.ts";
import { gather } from "./pack/gather.ts";
import { packing } from "./pack/packing.ts";
import { isLater, lockWithVersion, manifests, releasedChangelog, withVersion } from "./pack/version.ts";
import { runCommand, SetupError } from "./setup/command.ts";
import { root } from "./setup/paths.ts";
import { runOpenly } from "./setup/processes.ts";
import { setUp } from "./setup/set-up.ts";

await runCommand(async ([version = ""], { stop }) => {
  const { version: before } = JSON.parse(read("package.json"));
  if (!/^\d+\.\d+\.\d+$/.test(version) || !isLater(version, before)) {
    throw new SetupError(`Say which version comes after ${before}: npm run release -- 0.2.0`);
  }
  const today = new Date().toISOString().slice(0, 10);
  const changelog = releasedChangelog(read("CHANGELOG.md"), version, today);
  for (const file of manifests) write(file, withVersion(read(file), version));
  write("package-lock.json", lockWithVersion(read("package-lock.json"), version));
  write("CHANGELOG.md", changelog);

  await setUp("wheel", stop);
  const npm = process.env.npm_execpath ?? "";
  for (const args of [["run", "check"], ["test"]]) {
    const code = await runOpenly([npm, ...args], stop);
    if (code !== 0) return code;
  }
  const files = await packing(stop, async (turn) => {
    await gather(turn);
    return buildWheel(join(root, "build"), turn);
  });
  if ((await runOpenly([npm, "pack", "--pack-destination", "build", "--loglevel=error"], stop)) !== 0)
    return 1;
  const names = files.map((file) => relative(root, file)).join(" ");
  console.log(`Everything is ready. To publish ${version}:
  git commit -am "Release ${version}" && git tag v${version} && git push --tags
  python -m twine upload ${names}
  npm publish build/gradbook-${version}.tgz`);
  return 0;
});

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function write(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}
