/**
 * A class on a JupyterHub: two students run the lecture at the same time, each in a browser and with a server of their
 * own. What their kernels take of the memory then is printed, for docs/guides/class.md.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.ts";
import { stopFamily } from "../../scripts/setup/processes.ts";
import { NotebookPage } from "../lab/notebook-page.ts";
import { lecture, runLecture } from "./lecture.ts";
import { makeEnvironment, started, variables, wheelIn } from "./people.ts";

const students = ["ada", "grace"];
/** What a kernel may keep for itself after the lecture, in MB. */
const LIMIT = 160;
const folder = mkdtempSync(join(tmpdir(), "gradbook-hub-"));
const environment = join(folder, "environment");
const homes = join(folder, "homes");
let hub: ChildProcess;
let address: string;
let browser: Browser;

beforeAll(async () => {
  const wheel = await wheelIn(folder);
  await makeEnvironment(environment, "jupyterhub==6.1.1", "jupyterlab==4.6.*", wheel);
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder];
  const npm = process.env.npm_execpath ?? "";
  execFileSync(process.execPath, [npm, "install", ...flags, "configurable-http-proxy@5.3.0"]);
  for (const student of students) {
    mkdirSync(join(homes, student), { recursive: true });
    await started(join(homes, student), join(environment, "bin", "gradbook"), "lectures");
  }

  const [open, api, inner] = await Promise.all([freePort(), freePort(), freePort()]);
  address = `http://127.0.0.1:${open}`;
  const proxy = join(folder, "node_modules", "configurable-http-proxy", "bin", "configurable-http-proxy");
  const isRoot = process.getuid?.() === 0;
  const settings = {
    "JupyterHub.bind_url": address,
    "JupyterHub.hub_bind_url": `http://127.0.0.1:${inner}`,
    "JupyterHub.authenticator_class": "dummy",
    "JupyterHub.spawner_class": "simple",
    "ConfigurableHTTPProxy.api_url": `http://127.0.0.1:${api}`,
    "ConfigurableHTTPProxy.command": [process.execPath, proxy],
    "Authenticator.allow_all": true,
    "SimpleLocalProcessSpawner.home_dir_template": join(homes, "{username}"),
    "Spawner.args": ["--LabApp.expose_app_in_browser=True", ...(isRoot ? ["--allow-root"] : [])],
  };
  const config = Object.entries(settings).map(([name, value]) => `c.${name} = json.loads(${quoted(value)})`);
  writeFileSync(join(folder, "jupyterhub_config.py"), ["import json", ...config, ""].join("\n"));
  const bin = join(environment, "bin");
  const log = openSync(join(folder, "hub.log"), "w");
  hub = spawn(join(bin, "jupyterhub"), [], { cwd: folder, env: variables(bin), stdio: ["ignore", log, log] });
  await answer(`${address}/hub/health`);

  const { executablePath, args, env } = findBrowser();
  browser = await chromium.launch({ executablePath, args: [...args], env });
}, 900_000);
afterAll(async () => {
  await browser?.close();
  if (hub) await stopFamily(hub, { grace: 20_000 });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

it("two students run the lecture at the same time, with the outputs that are saved in it", async () => {
  await Promise.all(
    students.map(async (student) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      await page.goto(`${address}/hub/user-redirect/lab/tree/gradbook/${lecture}`);
      await page.locator("#username_input").fill(student);
      await page.locator("#password_input").fill(`${student}'s`);
      await page.locator("#login_submit").click();
      await page.waitForFunction(() => "jupyterapp" in window);
      const notebook = new NotebookPage(page);
      await notebook.ready();
      await runLecture(notebook);
      await page.locator(".jp-OutputArea .katex-html").first().waitFor();
    }),
  );
  // A kernel lets go of what it no longer needs when nobody has asked it for anything for a while.
  const kernels = () => students.map((student) => memoryOf(processOf(student, /\/kernel-[^/]+\.json$/)));
  const most = () => Math.max(...kernels().map(({ own }) => own));
  await expect.poll(most, { timeout: 60_000, interval: 1000 }).toBeLessThan(LIMIT);
  const servers = students.map((student) => memoryOf(processOf(student, /\/jupyterhub-singleuser$/)));
  console.log("MB after the lecture:", JSON.stringify({ kernels: kernels(), servers }));
}, 600_000);

/** The process of a student, at home in that folder, whose command has such a word. */
function processOf(student: string, word: RegExp): string {
  const found = readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [command, variables] = ["cmdline", "environ"].map((file) =>
        readFileSync(join("/proc", pid, file), "utf8").split("\0"),
      );
      return command.some((part) => word.test(part)) && variables.includes(`HOME=${join(homes, student)}`);
    } catch {
      return false; // it has ended meanwhile, or is somebody else's
    }
  });
  expect(found).toHaveLength(1);
  return found[0];
}

/** What a process takes of the memory, in MB, and how much of that is its own alone. */
function memoryOf(pid: string): { readonly all: number; readonly own: number } {
  const rolled = readFileSync(join("/proc", pid, "smaps_rollup"), "utf8");
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(rolled)?.[1]) / 1000;
  const own = megabytes("Private_Clean") + megabytes("Private_Dirty");
  return { all: Math.round(megabytes("Rss")), own: Math.round(own) };
}

/** A text of Python that holds a value as JSON. */
function quoted(value: unknown): string {
  return JSON.stringify(JSON.stringify(value));
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answer(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (hub.exitCode !== null) break;
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await delay(100);
  }
  throw new Error(`JupyterHub did not start:\n${readFileSync(join(folder, "hub.log"), "utf8")}`);
}
