/** `node:url`; a package, for which `import.meta.resolve` has no address here, counts as a folder of its name. */
export const fileURLToPath = (url: string | URL): string =>
  URL.canParse(url) ? decodeURIComponent(new URL(url).pathname) : `/node_modules/${url}`;

export const pathToFileURL = (path: string): URL => new URL(path, "file:///");
