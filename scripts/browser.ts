/** The browser that tests and pictures drive: the machine's own, else the one that the set-up brought. */
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SetupError } from "./setup/command.ts";
import { cache } from "./setup/paths.ts";

/** What playwright-core's `chromium.launch` needs to start it. */
export interface Browser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Where the set-up unpacks a browser from npm. */
export const broughtBrowser: string = join(cache, "browser");

/** What to say when there is no browser and npm has none for this machine. */
export const noBrowser: string =
  "The tests need a browser, and none was found: install Chromium, Chrome or Edge, or name one in the variable CHROME";

// No network traffic of the browser's own, and no sandbox for root, which cannot have one.
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];
const isRoot = process.getuid?.() === 0;

/** The browser, or a SetupError that says how to get one. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env, brought: string = broughtBrowser): Browser {
  const own = findOwnBrowser(env);
  if (own !== undefined) {
    return { executablePath: own, args: isRoot ? [...quiet, "--no-sandbox"] : quiet, env: plain(env) };
  }
  const executablePath = join(brought, "chromium");
  if (!existsSync(executablePath)) {
    throw new SetupError(noBrowser);
  }
  return {
    executablePath,
    // Made for places without the rights that a sandbox needs.
    args: [...quiet, "--no-sandbox", "--no-zygote", "--disable-gpu"],
    env: {
      ...plain(env),
      LD_LIBRARY_PATH: [join(brought, "al2023", "lib"), env.LD_LIBRARY_PATH ?? []].flat().join(delimiter),
      FONTCONFIG_FILE: join(brought, "fonts.conf"),
    },
  };
}

/** The machine's own browser, unless GRADBOOK_BROWSER=npm asks for the one from npm. */
export function findOwnBrowser(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.GRADBOOK_BROWSER === "npm") return undefined;
  const named = env.CHROME ?? env.CHROMIUM;
  if (named !== undefined) {
    if (existsSync(named)) return named;
    throw new SetupError(`No browser at ${named}, which the variable CHROME or CHROMIUM names`);
  }
  return places(env).find((place) => existsSync(place) && isUsable(place));
}

function places(env: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case "darwin":
      return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((name) =>
        ["/Applications", join(env.HOME ?? "", "Applications")].map((folder) =>
          join(folder, `${name}.app`, "Contents", "MacOS", name),
        ),
      );
    case "win32":
      return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].flatMap((folder = "") => [
        join(folder, "Google", "Chrome", "Application", "chrome.exe"),
        join(folder, "Chromium", "Application", "chrome.exe"),
        join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
      ]);
    default: {
      const names = [
        "google-chrome",
        "google-chrome-stable",
        "chromium",
        "chromium-browser",
        "microsoft-edge",
      ];
      const folders = (env.PATH ?? "").split(delimiter);
      return names.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}

/** Whether it starts at all; on Linux a name may be a stub, and a snap cannot reach the folders tests give it. */
function isUsable(place: string): boolean {
  if (process.platform !== "linux") return true;
  return !realpathSync(place).includes("snap") && spawnSync(place, ["--version"]).status === 0;
}

function plain(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
