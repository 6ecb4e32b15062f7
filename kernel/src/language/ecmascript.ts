/** What Node 24 has of ECMAScript, by the names of TypeScript's declarations. */
export const LIBRARIES: readonly string[] = [
  "es2025",
  ...["array", "collection", "decorators", "disposable", "error", "sharedmemory"].map(
    (part) => `esnext.${part}`,
  ),
];
