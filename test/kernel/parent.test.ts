import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const COMMAND = fileURLToPath(new URL("../../kernel/bin/gradbook.js", import.meta.url));

test("A kernel whose parent was gone before it looked ends by itself", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gradbook-orphan-"));
  const file = join(folder, "connection.json");
  const ports = { shell_port: 0, control_port: 0, stdin_port: 0, iopub_port: 0, hb_port: 0 };
  writeFileSync(file, JSON.stringify({ transport: "tcp", ip: "127.0.0.1", ...ports, key: "" }));
  // A shell that names itself as the parent, says the number of the kernel, and is gone before that runs a line.
  const script = 'JPY_PARENT_PID=$$ "$@" > /dev/null 2>&1 & echo $!';
  const { stdout } = spawnSync("sh", ["-c", script, "sh", process.execPath, COMMAND, "kernel", file]);
  const pid = Number(String(stdout));
  try {
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
  } finally {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true });
  }
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
