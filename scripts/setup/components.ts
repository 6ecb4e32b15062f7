/** What the lockfiles name: every package with its version, its hashes, and what it needs itself. */

import { posix } from "node:path";

/** A package as a lockfile names it. */
export interface Component {
  /** What it is called everywhere, such as `pkg:npm/%40lumino/widgets@2.8.0`. */
  readonly purl: string;
  readonly name: string;
  readonly version: string;
  /** As the lockfile says it; Python's say nothing. */
  readonly license?: string;
  /** Whether Gradbook runs with it, or is only built and tested with it. */
  readonly isNeeded: boolean;
  /** Where it is needed only: an environment marker, or platforms. */
  readonly where?: string;
  /** Of each of its files, one. */
  readonly hashes: readonly { readonly algorithm: string; readonly hex: string }[];
  /** The purls of what it needs. */
  readonly needs: readonly string[];
}

/** A package in a package-lock.json of version 3. */
interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The packages of a package-lock.json; those of a lockfile that only tests use are not needed to run. */
export function npmComponents(lockfile: string, isNeeded = true): Component[] {
  const packages = (JSON.parse(lockfile) as { packages: Record<string, LockedPackage> }).packages;
  return Object.entries(packages).flatMap(([path, locked]) => {
    // What has no place in node_modules is a workspace of ours.
    const { version, integrity, license, dev, os, cpu } = locked;
    if (!path.includes("node_modules/") || locked.link || version === undefined) return [];
    const wanted = { ...locked.dependencies, ...locked.optionalDependencies, ...locked.peerDependencies };
    const where = [os, cpu].flatMap((names) => names ?? []).join(" ");
    return {
      purl: npmPurl(nameOf(path), version),
      name: nameOf(path),
      version,
      isNeeded: isNeeded && dev !== true,
      ...(license !== undefined && { license }),
      ...(where !== "" && { where }),
      hashes: (integrity ?? "").split(" ").flatMap(hashOf),
      needs: Object.keys(wanted).flatMap((name) => found(packages, path, name) ?? []),
    };
  });
}

/** The package that `name` means in the folder `path`: as Node looks for it, in the folder and in those around it. */
function found(
  packages: Readonly<Record<string, LockedPackage>>,
  path: string,
  name: string,
): string | undefined {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const version = packages[posix.join(folder, "node_modules", name)]?.version;
    if (version !== undefined) return npmPurl(name, version);
    if (folder === "") return undefined; // an optional one that npm left out, or a workspace
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

function npmPurl(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** `sha512-` and the hash in base 64. */
function hashOf(integrity: string): Component["hashes"] {
  const [, size, base64] = /^sha(\d+)-(.+)$/.exec(integrity) ?? [];
  if (size === undefined) return [];
  return [{ algorithm: `SHA-${size}`, hex: Buffer.from(base64, "base64").toString("hex") }];
}

/** The packages of a file of requirements as `uv pip compile --generate-hashes` writes it. */
export function pythonComponents(requirements: string, isNeeded = true): Component[] {
  const blocks = requirements.split(/\n(?=[^\s#])/).map((block) => {
    const [, name, version, where] = /^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+?))? \\/.exec(block) ?? [];
    // Who needs it stands in a comment: one name after "via", or one in each line below.
    const comment = /# via([\s\S]*)$/.exec(block)?.[1] ?? "";
    return { name, version, where, block, neededBy: [...(comment.match(/(?<![\w/.-])[a-z][\w.-]*/g) ?? [])] };
  });
  const named = blocks.filter(({ name }) => name !== undefined);
  return named.map(({ name, version, where, block }) => ({
    purl: pythonPurl(name, version),
    name,
    version,
    isNeeded,
    ...(where !== undefined && { where }),
    hashes: [...block.matchAll(/--hash=sha256:(\w+)/g)].map(([, hex]) => ({ algorithm: "SHA-256", hex })),
    needs: named
      .filter(({ neededBy }) => neededBy.includes(name))
      .map((needed) => pythonPurl(needed.name, needed.version)),
  }));
}

function pythonPurl(name: string, version: string): string {
  return `pkg:pypi/${name}@${version}`;
}
