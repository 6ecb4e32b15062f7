/**
 * Completes the list of licences that JupyterLab's builder writes: it tells of what stands in the bundles under its
 * own name, but not of what several chunks share.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/paths.ts";

interface Listed {
  readonly name: string;
  readonly versionInfo: string;
  readonly licenseId: string;
  readonly extractedText: string;
}

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What JupyterLab has loaded already. */
const SHARED =
  /^@(codemirror\/(?!lint$)|jupyterlab\/|lezer\/|lumino\/)|^(react|react-dom|style-mod|w3c-keyname)$/;

/** The packages that the extension brings along, with what they bring along, ours left out. */
export function bundledPackages(): string[] {
  const { dependencies = {} } = read<Manifest>(join(root, "extension", "package.json"));
  const found = new Set<string>();
  const visit = (names: readonly string[]): void => {
    for (const name of names) {
      if (SHARED.test(name) || name === "gradbook" || found.has(name)) continue;
      found.add(name);
      // What KaTeX depends on is its command line's.
      if (name !== "katex") visit(Object.keys(manifestOf(name).dependencies ?? {}));
    }
  };
  visit(Object.keys(dependencies));
  return [...found].sort();
}

/** Adds what is missing to the list in the built extension. */
export function completeLicences(): void {
  const file = join(root, "extension", "labextension", "static", "third-party-licenses.json");
  const list = read<{ packages: Listed[] }>(file);
  for (const name of bundledPackages()) {
    if (list.packages.some((listed) => listed.name === name)) continue;
    const { version, license } = manifestOf(name);
    const [text] = globSync("LICEN[CS]E*", { cwd: folderOf(name) });
    const extractedText = readFileSync(join(folderOf(name), text), "utf8");
    list.packages.push({ name, versionInfo: version, licenseId: license, extractedText });
  }
  list.packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`);
}

function folderOf(name: string): string {
  return join(root, "node_modules", name);
}

function manifestOf(name: string): Manifest {
  return read<Manifest>(join(folderOf(name), "package.json"));
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}
