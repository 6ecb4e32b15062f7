/** The addons of zeromq: of the many that it brings, the one for each platform that Node 24 loads. */

/** The `NODE_MODULE_VERSION` of Node 24; an addon made for an older one works, too. */
const ABI = 137;

/** Made for 32 bits only, for which there is no Node 24. */
const GONE = ["ia32"];

/** What is said of an addon in zeromq's manifest, as far as it counts here. */
interface Build {
  readonly os: string;
  readonly arch: string;
  readonly libc: string;
  readonly abi: number;
}

/** From the manifest, in which each key is a description in JSON and each value a path, the entries to keep. */
export function zeromqAddons(manifest: Readonly<Record<string, string>>): Record<string, string> {
  const best = new Map<string, { readonly key: string; readonly abi: number }>();
  for (const key of Object.keys(manifest)) {
    const { os, arch, libc, abi } = JSON.parse(key) as Build;
    const platform = `${os} ${arch} ${libc}`;
    const before = best.get(platform);
    if (abi > ABI || GONE.includes(arch) || (before && before.abi >= abi)) continue;
    best.set(platform, { key, abi });
  }
  const kept = [...best.values()].map(({ key }) => [key, manifest[key].replaceAll("\\", "/")]);
  return Object.fromEntries(kept.sort(([, a], [, b]) => (a < b ? -1 : 1)));
}
