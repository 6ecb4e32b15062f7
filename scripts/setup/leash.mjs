// Runs a program that does not outlive whoever started it: node leash.mjs PATIENCE PROGRAM ARGUMENTS…
// Our standard input is a pipe that nobody writes to. It ends when its other side does, however that came about: then
// the program is asked to stop, and killed with our whole process group if it has not after so many milliseconds.
// Plain JavaScript for Node 18: run.mjs uses it too.
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";

const isWindows = process.platform === "win32";
const [patience, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true });
let isAbandoned = false;

child.on("error", (error) => {
  console.error(`Cannot run ${program}: ${error.message}`);
  process.exit(127);
});
child.on("exit", (code, signal) => {
  // What the program itself has left behind.
  if (isAbandoned) killGroup();
  process.exit(code ?? 128 + constants.signals[signal]);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
process.stdin.on("error", () => {});
process.stdin.on("close", () => {
  isAbandoned = true;
  if (isWindows) killGroup();
  else child.kill();
  setTimeout(killGroup, Number(patience));
});
process.stdin.resume();

/** Kills the program, everything that has stayed with it, and ourselves. */
function killGroup() {
  if (isWindows) {
    spawnSync("taskkill", ["/pid", String(process.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    // Not the leader of a group, so there is none of ours.
    child.kill("SIGKILL");
  }
}
