import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { descendants, kill, parents } from "../../scripts/setup/families.ts";
import { cache, environment, jupyterHome, root } from "../../scripts/setup/paths.ts";
import { endOf, isListening, type RunningGradbook, startGradbook } from "./running-gradbook.ts";

// Each test starts JupyterLab; the limits are for a machine that does other things besides.
const patience = 90_000;

/** Starts the kernel and gives it a cell that prints "busy", and never ends unless another is named. */
async function startBusyKernel(
  gradbook: RunningGradbook,
  code = 'console.log("busy"); for (;;);',
): Promise<void> {
  const { url } = gradbook;
  const id = await startKernel(gradbook);
  const socket = new WebSocket(`ws://${url.host}/api/kernels/${id}/channels${url.search}`);
  const header = {
    msg_id: "1",
    msg_type: "execute_request",
    username: "",
    session: "1",
    date: "",
    version: "5.3",
  };
  const content = {
    code,
    silent: false,
    store_history: true,
    stop_on_error: true,
  };
  const message = { header, parent_header: {}, metadata: {}, content, channel: "shell", buffers: [] };
  await new Promise<void>((resolve) => {
    socket.onopen = () => socket.send(JSON.stringify(message));
    socket.onmessage = ({ data }) => {
      const { msg_type, content } = JSON.parse(String(data));
      if (msg_type === "stream" && content.text.includes("busy")) resolve();
    };
  });
  socket.close();
}

async function startKernel({ ask }: RunningGradbook): Promise<string> {
  const body = JSON.stringify({ name: "gradbook" });
  return ((await ask("/api/kernels", { method: "POST", body })) as { id: string }).id;
}

/** Runs a program as another user of this machine, and answers what it prints as JSON. */
function asStranger(program: string, ...args: string[]): unknown {
  const nobody = { uid: 65_534, gid: 65_534, cwd: "/", env: {}, encoding: "utf8" } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program, ...args], nobody);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

describe("npm start", { timeout: patience }, () => {
  describe("ends with a JupyterLab", () => {
    let gradbook: RunningGradbook;
    beforeAll(async () => {
      gradbook = await startGradbook();
    }, patience);
    afterAll(() => stop(gradbook), patience);

    it("that has gradbook among its kernels, as its default", async () => {
      const { default: byDefault, kernelspecs } = (await gradbook.ask("/api/kernelspecs")) as {
        default: string;
        kernelspecs: Record<string, { spec: { display_name: string } }>;
      };
      expect(byDefault).toBe("gradbook");
      expect(kernelspecs.gradbook.spec.display_name).toBe("TypeScript (Gradbook)");
    });

    it("whose token nobody else on the machine can read", () => {
      const token = gradbook.url.searchParams.get("token") as string;
      expect(token).toMatch(/^[0-9a-f]{48}$/);
      const log = join(cache, "log", "jupyterlab.log");
      expect(readFileSync(log, "utf8")).not.toContain(token);
      if (process.platform === "win32") return;
      for (const path of [log, join(cache, "log"), jupyterHome]) {
        expect(statSync(path).mode & 0o077, path).toBe(0);
      }
    });

    it.runIf(process.getuid?.() === 0)(
      "of which another user reads no file, no secret and no output",
      async () => {
        await startBusyKernel(gradbook, 'setInterval(() => console.log("busy"), 50)');
        const runtime = join(jupyterHome, `runtime-${starterOf(gradbook)}`);
        const files = [...filesIn(jupyterHome), ...filesIn(join(cache, "log"))];
        const connections = filesIn(runtime).filter((file) => /kernel-[^/]+\.json$/.test(file));
        expect(connections).toHaveLength(1);
        expect(files).toEqual(expect.arrayContaining([join(jupyterHome, "cookie-secret"), ...connections]));
        const reader = `
        const { readFileSync, readdirSync } = require("fs");
        const text = (file) => { try { return readFileSync(file, "utf8"); } catch { return null; } };
        const read = process.argv.slice(1).filter((file) => text(file) !== null);
        const processes = readdirSync("/proc").filter((name) => /^\\d+$/.test(name));
        const seen = processes.flatMap((pid) => ["cmdline", "environ"].map((name) => text("/proc/" + pid + "/" + name)));
        console.log(JSON.stringify({ read, seen: seen.filter(Boolean).join(" ") }));`;
        const itself = join(import.meta.dirname, "start.test.ts");
        const { read, seen } = asStranger(reader, itself, ...files) as { read: string[]; seen: string };
        expect(read).toEqual([itself]);
        expect(seen).toContain("jupyterlab");
        const { iopub_port, key, curve_secretkey } = JSON.parse(readFileSync(connections[0], "utf8"));
        for (const secret of [gradbook.url.searchParams.get("token"), key, curve_secretkey]) {
          expect(secret).toMatch(/.{30}/);
          expect(seen).not.toContain(secret);
        }
        const withoutToken = await fetch(new URL("/api/contents", gradbook.url));
        expect(withoutToken.status).toBe(403);
        const listener = `
        const socket = new (require(process.argv[1]).Subscriber)({ receiveTimeout: 2000 });
        socket.connect(process.argv[2]);
        socket.subscribe();
        socket.receive().then((frames) => frames.map(String), () => []).then((heard) => console.log(JSON.stringify(heard)));`;
        const address = `tcp://127.0.0.1:${iopub_port}`;
        expect(asStranger(listener, join(root, "node_modules", "zeromq"), address)).toEqual([]);
      },
    );

    it("that no other site may show in a frame", async () => {
      const { headers } = await fetch(gradbook.url);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
    });

    it("that has the lecture where the printed address points", async () => {
      expect(gradbook.url.hostname).toBe("127.0.0.1");
      expect(gradbook.url.pathname).toMatch(/^\/lab\/tree\//);
      const path = gradbook.url.pathname.replace("/lab/tree", "/api/contents");
      expect(await gradbook.ask(path)).toMatchObject({ type: "notebook", name: "09-jacobians.ipynb" });
    });

    it.each([
      ["@jupyterlab/apputils-extension:notification", { fetchNews: "false", checkForUpdates: false }],
      ["@jupyterlab/completer-extension:manager", { autoCompletion: true }],
    ])("that starts from our settings of %s", async (plugin, expected) => {
      const { schema } = (await gradbook.ask(`/lab/api/settings/${plugin}`)) as {
        schema: { properties: Record<string, { default: unknown }> };
      };
      for (const [name, value] of Object.entries(expected)) {
        expect(schema.properties[name].default).toBe(value);
      }
    });

    it("beside which a second one finds a port of its own", async () => {
      const second = await startGradbook();
      await stop(second);
      console.log(`A second start takes ${(second.startTime / 1000).toFixed(1)} s`);
      expect(second.url.port).not.toBe(gradbook.url.port);
    });
  });

  it.each([
    [
      "Ctrl-C in a terminal, which reaches the whole process group",
      (pid: number) => process.kill(-pid, "SIGINT"),
    ],
    ["an interrupt of its own process alone", (pid: number) => process.kill(pid, "SIGINT")],
    ["a terminal that closes", (pid: number) => process.kill(-pid, "SIGHUP")],
  ])("leaves no process and no busy port after %s, while a cell runs", async (_what, send) => {
    const gradbook = await startGradbook();
    onTestFinished(() => {
      for (const pid of gradbook.alive()) process.kill(pid, "SIGKILL");
    });
    await startBusyKernel(gradbook);
    // run.mjs, start.ts, JupyterLab and the kernel.
    expect(gradbook.alive().length).toBeGreaterThanOrEqual(4);
    send(gradbook.process.pid as number);
    expect(await endOf(gradbook)).toBe(0);
    expect(gradbook.alive()).toEqual([]);
    expect(await isListening(gradbook.url)).toBe(false);
    expect(gradbook.output()).toContain("JupyterLab has stopped");
  });

  it("runs from a folder whose name holds a variable, and ends with its JupyterLab when it is killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "gradbook $HOME ~ "));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    cpSync(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
    mkdirSync(join(folder, "notebooks"));
    symlinkSync(environment, join(folder, ".venv"));
    writeFileSync(
      join(folder, "scripts", "lab.ts"),
      `import { runCommand } from "./setup/command.ts";
      import { startJupyterLab } from "./setup/jupyterlab.ts";
      await runCommand(async (args, interruption) => {
        const lab = await startJupyterLab(args, interruption);
        console.log("Gradbook is at " + lab.url);
        return lab.ended;
      });`,
    );
    const gradbook = await startGradbook([
      join(folder, "scripts", "lab.ts"),
      "--no-browser",
      "--ip=localhost",
    ]);
    onTestFinished(() => gradbook.alive().forEach(kill));
    expect(gradbook.url.hostname).toBe("localhost");
    expect(gradbook.url.pathname).toMatch(/^\/lab\/tree\//);
    writeFileSync(join(folder, "notebooks", "here.txt"), "");
    expect(await gradbook.ask("/api/contents")).toMatchObject({ content: [{ name: "here.txt" }] });
    expect(await gradbook.ask("/api/kernelspecs")).toMatchObject({ default: "gradbook" });
    const kernel = await startKernel(gradbook);
    expect(await gradbook.ask("/api/kernels")).toMatchObject([{ id: kernel }]);
    expect(gradbook.alive().length).toBeGreaterThanOrEqual(4); // the script, the leash, JupyterLab and the kernel
    gradbook.process.kill("SIGKILL");
    await expect.poll(() => gradbook.alive(), { timeout: 30_000 }).toEqual([]);
    expect(await isListening(gradbook.url)).toBe(false);
  });
});

async function stop(running: RunningGradbook): Promise<void> {
  running.process.kill("SIGTERM");
  await endOf(running);
}

/** The process that has started JupyterLab, which names the runtime folder. */
function starterOf({ process: { pid } }: RunningGradbook): number {
  return descendants(pid as number, parents())[0];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
