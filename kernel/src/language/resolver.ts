/** Finds the modules that cells and files import, and remembers where they are. */

import type ts from "typescript";
import { isOwnSource } from "./file-system.ts";
import { typescript } from "./typescript.ts";

/** The ways to look a module up: by the `exports` of packages as `require` reads them, as `import` does, without them. */
const WAYS: readonly ts.CompilerOptions[] = [
  { moduleResolution: typescript.ModuleResolutionKind.Bundler, customConditions: ["node", "require"] },
  { moduleResolution: typescript.ModuleResolutionKind.Bundler, customConditions: ["node"] },
  {},
];

export interface Resolver {
  resolve(
    name: string,
    importer: string,
    reference?: ts.ResolvedProjectReference,
  ): ts.ResolvedModuleWithFailedLookupLocations;
  /** Looks again for what the notebook's own files import: a file that was missing is found once it is there. */
  forget(): void;
  /** What is known of packages. */
  readonly packages: ts.ModuleResolutionCache;
}

export function createResolver(folder: string, options: ts.CompilerOptions, files: ts.System): Resolver {
  const createCaches = (): readonly ts.ModuleResolutionCache[] =>
    WAYS.map((way) => typescript.createModuleResolutionCache(folder, (name) => name, { ...options, ...way }));
  // Packages stay as they are while a kernel runs; they import hundreds of files, through one large manifest.
  const ofPackages = createCaches();
  let ofNotebook = createCaches();

  return {
    resolve(name, importer, reference) {
      const caches = isOwnSource(importer) ? ofNotebook : ofPackages;
      let found: ts.ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined } as never;
      for (const [index, way] of WAYS.entries()) {
        const how = { ...options, ...way };
        found = typescript.resolveModuleName(name, importer, how, files, caches[index], reference);
        if (found.resolvedModule) break;
      }
      return found;
    },
    packages: ofPackages[0],
    forget() {
      ofNotebook = createCaches();
    },
  };
}
