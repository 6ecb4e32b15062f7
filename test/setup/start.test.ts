import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { cache, jupyterHome } from "../../scripts/setup/paths.ts";
import { endOf, isListening, type RunningGradbook, startGradbook } from "./running-gradbook.ts";

// Each test starts JupyterLab; the limits are for a machine that does other things besides.
const patience = 90_000;

/** Starts the kernel and gives it a cell that never ends. */
async function startBusyKernel({ ask, url }: RunningGradbook): Promise<void> {
  const { id } = (await ask("/api/kernels", {
    method: "POST",
    body: JSON.stringify({ name: "gradbook" }),
  })) as { id: string };
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
    code: 'console.log("busy"); for (;;);',
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

    it("beside which a second one finds a port of its own, in under ten seconds", async () => {
      const second = await startGradbook();
      await stop(second);
      console.log(`A second start takes ${(second.startTime / 1000).toFixed(1)} s`);
      expect(second.url.port).not.toBe(gradbook.url.port);
      expect(second.startTime).toBeLessThan(10_000);
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
});

async function stop(running: RunningGradbook): Promise<void> {
  running.process.kill("SIGTERM");
  await endOf(running);
}
