/**
 * `node test/setup/real-kills.ts [20]`: kills a set-up with the machine's own npm and Python at random moments, each time
 * followed by one that has to succeed. Too long for `npm test`, where small programs stand in for them (kills.test.ts).
 */
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { kill } from "../../scripts/setup/families.ts";
import { leftovers, makeSmallGradbook } from "./small-gradbook.ts";

const repo = join(import.meta.dirname, "../..");
const npm =
  process.env.npm_execpath ??
  execFileSync("sh", ["-c", "realpath $(which npm)"], { encoding: "utf8" }).trim();
const wheels = ["attrs", "babel", "certifi", "jinja2", "markupsafe", "pygments", "pyzmq"];
const packages = { katex: "0.19.1", "fast-check": "4.10.2", ajv: "8.20.0" };

const small = makeSmallGradbook(undefined, { npm_execpath: npm, GRADBOOK_PYTHON: undefined });
const at = (path: string) => join(small.folder, path);
const write = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
};

// The two programs that the set-up calls from node_modules still stand in.
const local = { typescript: "fixture/typescript", "@jupyter/builder": "fixture/builder" };
for (const [name, folder] of Object.entries(local)) {
  write(`${folder}/package.json`, JSON.stringify({ name, version: "1.0.0", type: "module" }));
}
const touch = (...paths: string[]) => `
  import { mkdirSync, writeFileSync } from "node:fs";
  import { dirname } from "node:path";
  for (const path of ${JSON.stringify(paths)}) { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, ""); }`;
write("fixture/typescript/bin/tsc", touch("dist/index.js", "kernel/dist/main.js"));
write("fixture/builder/lib/build-labextension.js", touch("extension/labextension/package.json"));
const paths = Object.fromEntries(Object.entries(local).map(([name, folder]) => [name, `file:${folder}`]));
write("package.json", JSON.stringify({ type: "module", dependencies: { ...packages, ...paths } }));
execFileSync(process.execPath, [npm, "install", "--package-lock-only"], {
  cwd: small.folder,
  stdio: "ignore",
});

const lock = readFileSync(at("package-lock.json"), "utf8");
const pins = readFileSync(join(repo, "requirements", "jupyterlab.txt"), "utf8").split(/\n(?=\S)/);
const chosen = pins.filter((pin) => wheels.some((name) => pin.startsWith(`${name}==`)));
const ofTests = readFileSync(join(repo, "requirements", "test.txt"), "utf8");
/** Makes all that the set-up depends on another, though it means the same. */
const renew = (round: number) => {
  write("package-lock.json", lock + "\n".repeat(round));
  write("requirements/jupyterlab.txt", `${chosen.join("\n")}\n# round ${round}\n`);
  write("requirements/test.txt", `${ofTests}\n# round ${round}\n`);
};

/** Sets up, and answers what is wrong then. */
async function succeed(): Promise<string[]> {
  const { code, output } = await small.start().ended;
  if (code !== 0) return [`It ended with ${code}:\n${output}`];
  const python = (...args: string[]) =>
    execFileSync(at(".venv/bin/python"), ["-I", ...args], { encoding: "utf8" });
  const installed = python("-m", "pip", "list", "--format=freeze").toLowerCase();
  python("-c", "import zmq, attrs, babel, jinja2, pygments");
  const missing = [...wheels, "jupyter_kernel_test"].filter((name) => !installed.includes(`${name}==`));
  const npmList = JSON.parse(
    execFileSync(process.execPath, [npm, "ls", "--all", "--json"], { cwd: small.folder, encoding: "utf8" }),
  );
  const left = leftovers.flatMap((pattern) => globSync(pattern, { cwd: small.folder }));
  const scripts = globSync(".venv/{pyvenv.cfg,bin/*}", { cwd: small.folder }).filter((name) =>
    readFileSync(at(name)).includes(".vnew"),
  );
  // Our own stamp, which npm does not know.
  const problems = (npmList.problems ?? []).filter(
    (problem: string) => !problem.includes("gradbook-packages"),
  );
  return [...missing, ...problems, ...left, ...scripts];
}

const kills = Number(process.argv[2] ?? 20);
let failed = 0;
let whole = 0;
// Twice, as npm's and pip's own stores are empty at first.
for (const round of [0, 1]) {
  renew(round);
  const begin = performance.now();
  console.log("A whole set-up:", await succeed());
  whole = performance.now() - begin;
}
for (let round = 1; round <= kills; round++) {
  renew(round + 1);
  const running = small.start();
  const moment = Math.random() * whole;
  await Promise.race([delay(moment), running.ended]);
  kill(-(running.process.pid as number));
  await running.ended;
  const faults = await succeed();
  if (faults.length > 0) failed += 1;
  console.log(`Kill ${round}, ${(moment / 1000).toFixed(1)} s of ${(whole / 1000).toFixed(1)} s:`, faults);
}
console.log(`${kills - failed} of ${kills} kills were followed by a set-up that succeeded`);
small.remove();
process.exit(failed === 0 ? 0 : 1);
