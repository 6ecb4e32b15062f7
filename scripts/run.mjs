// Brings a Node new enough for Gradbook, then runs scripts/<command>.ts on it.
// Plain JavaScript for Node 18 and nothing but Node's own modules: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { constants } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { troubleIn, troubleOf } from "./setup/trouble.mjs";

const commands = [
  "start",
  "test",
  "check",
  "docs",
  "bench",
  "sbom",
  "wheel",
  "site",
  "release",
  "channels",
  "ci",
  "fuzz",
  "mutants",
  "setup",
];
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const isWindows = process.platform === "win32";
let interrupted = false;
process.on("uncaughtException", (error) => fail(troubleOf(error) ?? error));

const [command = "", ...rest] = process.argv.slice(2);
if (!commands.includes(command)) {
  fail(`Say which of ${commands.join(", ")} to run: node scripts/run.mjs start`);
}
if (versionOf(process.versions.node) < 18_00) {
  fail(`Gradbook needs Node 18 or newer, and this is ${process.versions.node}: get it at https://nodejs.org`);
}
const npm = findNpm();
if (npm === undefined) {
  fail("Gradbook needs npm, and none was found beside Node or on the PATH: get both at https://nodejs.org");
}
// 24.3 is the first Node to run TypeScript files without a warning.
const node = versionOf(process.versions.node) >= 24_03 ? process.execPath : await bringNode(npm);
// The PATH makes "node" mean the new one for every program below; npm_execpath is where npm itself puts its path.
const path = `${dirname(node)}${delimiter}${process.env[pathKey()]}`;
const script = join(here, `${command}.ts`);
const args = rest[0] === "--" ? rest.slice(1) : rest;
process.exit(
  await run(node, [script, ...args], {
    stdio: "inherit",
    env: { ...process.env, [pathKey()]: path, npm_execpath: npm },
  }),
);

/**
 * Installs the Node that scripts/node/package-lock.json pins, and returns its path.
 * It is made aside and then renamed, so that a folder of that name is always complete: an interrupted try leaves
 * nothing that counts, and of two tries at once the first one wins.
 */
async function bringNode(npm) {
  const recipe = ["package.json", "package-lock.json"];
  const hash = createHash("sha256");
  for (const file of recipe) hash.update(readFileSync(join(here, "node", file)));
  const nodes = join(root, ".cache", "node");
  const home = join(nodes, `${process.platform}-${process.arch}-${hash.digest("hex").slice(0, 12)}`);
  const found = findNode(home);
  if (found !== undefined) return found;

  const start = Date.now();
  console.log(`Gradbook needs Node 24, and this is ${process.versions.node}: bringing one into .cache/node`);
  const draft = `${home}.draft.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const file of recipe) copyFileSync(join(here, "node", file), join(draft, file));
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const leash = join(here, "setup", "leash.mjs");
  const status = await run(process.execPath, [leash, "1000", process.execPath, npm, "ci", ...flags], {
    cwd: draft,
    stdio: ["pipe", "ignore", "inherit"],
    detached: !isWindows, // so that the leash can end npm and what npm has started
  });
  const drafted = findNode(draft);
  const runs = drafted !== undefined && spawnSync(drafted, ["--version"]).status === 0;
  if (status === 0 && runs && !existsSync(home)) await rename(draft, home);
  // Those of others that were killed, too: by now nothing writes to them any more.
  for (const name of readdirSync(nodes))
    if (name === basename(draft) || isAbandoned(name)) clear(join(nodes, name));
  if (interrupted) process.exit(130);
  if (status !== 0) {
    fail(troubleIn("", root) ?? "Cannot bring Node 24, as npm says above: get it at https://nodejs.org");
  }
  if (!runs) {
    const platform = `${process.platform} ${process.arch}`;
    fail(`npm has no Node 24 that runs on this ${platform}: get it at https://nodejs.org`);
  }
  console.log(`Node: ready after ${Math.round((Date.now() - start) / 1000)} s`);
  return findNode(home);
}

/** Runs a program, passes signals on to it, and returns its exit code: 128 and the signal's number, if one ended it. */
function run(program, args, options) {
  const child = spawn(program, args, options);
  const names = ["SIGINT", "SIGTERM", "SIGHUP"];
  // On Windows a console's Ctrl-C reaches the child by itself, and kill would end it before it has cleaned up.
  const passOn = (signal) => {
    interrupted = true;
    if (!isWindows) child.kill(signal);
  };
  for (const name of names) process.on(name, passOn);
  // A signal to npm alone ends the shell between it and us, and does not come further.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(watch);
    passOn("SIGTERM");
  }, 1000);
  return new Promise((resolve) => {
    child.on("error", (error) => fail(`Cannot run ${program}: ${error.message}`));
    child.on("exit", (code, signal) => {
      for (const name of names) process.off(name, passOn);
      clearInterval(watch);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** The one Node that npm chose for this platform among those of scripts/node/package.json. */
function findNode(folder) {
  const packages = join(folder, "node_modules");
  if (!existsSync(packages)) return undefined;
  return readdirSync(packages)
    .map((name) => join(packages, name, "bin", isWindows ? "node.exe" : "node"))
    .find((file) => existsSync(file));
}

/** Renames a folder; on Windows a program that looks through new files keeps it from that for a moment. */
async function rename(from, to) {
  for (let tries = 1; ; tries++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      if (!["EPERM", "EACCES", "EBUSY"].includes(error.code) || tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * tries));
    }
  }
}

/** Whether this is the draft of a process that is gone. */
function isAbandoned(name) {
  const pid = /\.draft\.(\d+)$/.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    return !process.kill(Number(pid), 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function clear(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 8 });
}

/** npm's own program: the one that runs this script, else the one beside this Node, else the first on the PATH. */
function findNpm() {
  const places = [process.env.npm_execpath];
  const cli = ["node_modules", "npm", "bin", "npm-cli.js"];
  places.push(join(dirname(process.execPath), ...cli), join(dirname(process.execPath), "..", "lib", ...cli));
  for (const folder of (process.env[pathKey()] ?? "").split(delimiter)) {
    places.push(isWindows ? join(folder, ...cli) : join(folder, "npm"));
  }
  return places
    .filter((place) => place !== undefined && existsSync(place))
    .map((place) => realpathSync(place))
    .find((place) => place.endsWith("npm-cli.js"));
}

/** 24.3.1 as 2403, so that versions compare as numbers. */
function versionOf(text) {
  const [major, minor] = text.split(".").map(Number);
  return major * 100 + minor;
}

/** The PATH's name in the environment, which Windows writes as Path. */
function pathKey() {
  return Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
