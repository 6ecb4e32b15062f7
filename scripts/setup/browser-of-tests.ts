/** A browser for the tests where the machine has none. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { broughtBrowser, findOwnBrowser, noBrowser } from "../browser.ts";
import { hashFiles } from "./hash-files.ts";
import { npmInstall } from "./node-packages.ts";
import { root } from "./paths.ts";
import { runQuietly } from "./run-quietly.ts";
import { SetupError } from "./setup-error.ts";
import type { Step } from "./step.ts";

/** Chromium from npm in `.cache/browser`; nothing to do where the machine has a browser. */
export function browserOfTests(stop: AbortSignal): Step | undefined {
  if (findOwnBrowser() !== undefined) return undefined;
  const fits = process.platform === "linux" && process.arch === "x64";
  if (!fits) throw new SetupError(noBrowser);
  return {
    title: "Browser for the tests",
    doing: "bringing Chromium with npm",
    stamp: join(broughtBrowser, "gradbook-browser.json"),
    inputs: { lock: hashFiles("scripts/browser/*.json") },
    products: [join(broughtBrowser, "chromium")],
    run: () => bringChromium(stop),
  };
}

async function bringChromium(stop: AbortSignal): Promise<void> {
  rmSync(broughtBrowser, { recursive: true, force: true });
  mkdirSync(broughtBrowser, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(root, "scripts", "browser", file), join(broughtBrowser, file));
  }
  await npmInstall("npm browser", broughtBrowser, stop);
  // The package unpacks into the folder for temporary files, and its fonts.conf names places under /tmp.
  const unpack = `
    import { inflate } from "@sparticuz/chromium";
    for (const part of ["chromium.br", "al2023.tar.br", "fonts.tar.br"]) {
      await inflate("node_modules/@sparticuz/chromium/bin/" + part);
    }`;
  const args = ["--input-type=module", "--eval", unpack];
  const env = { ...process.env, TMPDIR: broughtBrowser };
  await runQuietly(
    { name: "unpack browser", command: process.execPath, args, cwd: broughtBrowser, env },
    stop,
  );
  writeFileSync(join(broughtBrowser, "fonts.conf"), fontsConf);
  rmSync(join(broughtBrowser, "node_modules"), { recursive: true });
}

const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <dir prefix="relative">fonts/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
