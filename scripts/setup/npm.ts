/** What npm brings: the Node packages, and a browser for the tests where the machine has none. */
import { createHash } from "node:crypto";
import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { broughtBrowser, findOwnBrowser, noBrowser } from "../browser.ts";
import { SetupError } from "./command.ts";
import type { Turn } from "./lock.ts";
import { cache, root } from "./paths.ts";
import { runQuietly } from "./processes.ts";
import { hashFiles, remove, type Step } from "./step.ts";

/** `node_modules` of the library and its workspaces. */
export function nodePackages(turn: Turn): Step {
  return {
    title: "Node packages",
    doing: "installing with npm",
    stamp: join(root, "node_modules", "gradbook-packages.json"),
    inputs: {
      // npm chooses native packages by the Node it runs on.
      node: `${process.version.split(".")[0]} ${process.platform} ${process.arch}`,
      lock: hashFiles("package-lock.json"),
      manifests: aboutPackages(),
    },
    run: () => npmInstall("npm", root, turn),
  };
}

/** What the manifests of all rooms say about packages, and nothing else of them: the rest may change as it likes. */
function aboutPackages(): string {
  const fields = [
    "bin",
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "overrides",
    "workspaces",
  ];
  const said = globSync(["package.json", "*/package.json"], { cwd: root })
    .sort()
    .map((name) => {
      const manifest = JSON.parse(readFileSync(join(root, name), "utf8"));
      return [name, ...fields.map((field) => manifest[field])];
    });
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16);
}

/**
 * Installs what the lockfile in a folder says, and nothing else, on the Node that runs this.
 * No package of ours needs an install script, so none is run.
 */
export async function npmInstall(name: string, folder: string, turn: Turn): Promise<void> {
  const npm = process.env.npm_execpath;
  if (npm === undefined)
    throw new SetupError("Start the scripts through node scripts/run.mjs, which finds npm for them");
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
  await runQuietly({ name, command: process.execPath, args: [npm, "ci", ...flags], cwd: folder }, turn);
}

/** Chromium from npm in `.cache/browser`; nothing to do where the machine has a browser. */
export function browserOfTests(turn: Turn): Step | undefined {
  if (findOwnBrowser() !== undefined) return undefined;
  const fits = process.platform === "linux" && process.arch === "x64";
  if (!fits) throw new SetupError(noBrowser);
  return {
    title: "Browser for the tests",
    doing: "bringing Chromium with npm",
    stamp: join(broughtBrowser, "gradbook-browser.json"),
    inputs: { lock: hashFiles("scripts/browser/*.json") },
    products: [join(broughtBrowser, "chromium")],
    run: () => bringChromium(turn),
  };
}

async function bringChromium(turn: Turn): Promise<void> {
  remove(broughtBrowser);
  mkdirSync(broughtBrowser, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(root, "scripts", "browser", file), join(broughtBrowser, file));
  }
  await npmInstall("npm browser", broughtBrowser, turn);
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
    turn,
  );
  writeFileSync(join(broughtBrowser, "fonts.conf"), fontsConf);
  remove(join(broughtBrowser, "node_modules"));
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

/** A later Node in `.cache/next-node`, for the test that looks at bits; without it, that test is left out by name. */
export function nextNodeOfTests(turn: Turn): Step | undefined {
  if (process.platform !== "linux") return undefined;
  const folder = join(cache, "next-node");
  return {
    title: "A later Node for the tests",
    doing: "installing with npm into .cache/next-node",
    stamp: join(folder, "gradbook-node.json"),
    inputs: { lock: hashFiles("scripts/next-node/*.json") },
    async run() {
      mkdirSync(folder, { recursive: true });
      for (const file of ["package.json", "package-lock.json"]) {
        copyFileSync(join(root, "scripts", "next-node", file), join(folder, file));
      }
      try {
        await npmInstall("npm next-node", folder, turn);
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        console.log("A later Node for the tests: cannot be had here, so the test that needs it is left out");
      }
    },
  };
}
