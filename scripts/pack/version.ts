/** The version, which all packages share, and its heading in the changelog. */

/** The manifests that hold it; the Python package reads the first. */
export const manifests = [
  "package.json",
  "kernel/package.json",
  "extension/package.json",
  "lite/package.json",
] as const;

/** The text of a manifest with another version, everything else as it was. */
export function withVersion(manifest: string, version: string): string {
  return manifest.replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`);
}

/** The text of the lockfile with another version of our own packages. */
export function lockWithVersion(lock: string, version: string): string {
  const content = JSON.parse(lock);
  content.version = version;
  for (const folder of ["", "kernel", "extension"]) content.packages[folder].version = version;
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** The changelog with what is unreleased under the heading of a version. */
export function releasedChangelog(changelog: string, version: string, date: string): string {
  const heading = "## Unreleased\n";
  const [before, after] = changelog.split(heading);
  if (after === undefined || !after.trim() || after.trim().startsWith("## ")) {
    throw new Error("Cannot release: the changelog has nothing under its heading Unreleased");
  }
  return `${before}${heading}\n## ${version} (${date})\n${after}`;
}

/** Whether one version comes after another, by its three numbers. */
export function isLater(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(".").map(Number));
  const i = a.findIndex((part, index) => part !== b[index]);
  return i !== -1 && a[i] > b[i];
}
