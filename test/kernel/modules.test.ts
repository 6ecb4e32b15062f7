import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { resultOf, tracebackOf, useKernel } from "./kernel.ts";

const folder = mkdtempSync(join(tmpdir(), "gradbook-modules-"));
const kernel = useKernel({ folder });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

test("Cells import Node's modules, and the library that they have already", async () => {
  const code = `import { join } from "node:path"
import { tensor as imported } from "gradbook"
const dynamic: any = await import("gradbook");
[join("a", "b"), imported === tensor, dynamic.tensor === tensor]`;
  expect(resultOf(await kernel().run(code))).toBe("[ 'a/b', true, true ]");
});

test("Cells import TypeScript files of the notebook's folder, which share the library", async () => {
  write(
    "helper.ts",
    'import { tensor } from "gradbook";\nexport const same = (f: unknown): boolean => f === tensor;\n',
  );
  expect(resultOf(await kernel().run('import { same } from "./helper.ts"\nsame(tensor)'))).toBe("true");
});

test("A local file that has changed is read anew", async () => {
  write("value.ts", "export const value: number = 1;\n");
  expect(resultOf(await kernel().run('import { value } from "./value"\nvalue'))).toBe("1");
  write("value.ts", "export const value: number = 22;\n");
  expect(resultOf(await kernel().run('import { value } from "./value"\nvalue'))).toBe("22");
});

test("An error in a local file names the file and its own line, and the cell that called it", async () => {
  const text = `interface Nowhere {
  inJavaScript: true;
}

export function fail({ why }: { why: string }): never {
  const reason: string = why;
  throw new RangeError(reason);
}
`;
  for (const name of ["broken.ts", "my broken #1.ts"]) {
    write(name, text);
    const traceback = tracebackOf(
      await kernel().run(`import { fail } from "./${name}"\nfail({ why: "it was asked to" })`),
    );
    expect(traceback).toMatch(/^RangeError: it was asked to/);
    expect(traceback).toContain(`fail, ${name}, line 7`);
    expect(traceback).toMatch(/7 .*throw new RangeError\(reason\)/);
    expect(traceback).toMatch(/called from cell \d+, line 2: fail\(/);
  }
});

test("Cells import packages from beside the notebook, old ones and new ones", async () => {
  write("node_modules/old/package.json", '{ "name": "old", "version": "1.0.0", "main": "old.js" }');
  write("node_modules/old/old.js", "exports.value = 42;");
  write(
    "node_modules/new/package.json",
    '{ "name": "new", "version": "1.0.0", "type": "module", "main": "./new.js", "exports": "./new.js" }',
  );
  write(
    "node_modules/new/new.js",
    'import * as g from "gradbook"; export const mine = g.tensor; export const value = 43;',
  );
  const code = `import { value as a } from "old"
import { value as b, mine } from "new";
[a, b, mine === tensor]`;
  const ran = await kernel().run(code);
  expect(resultOf(ran), tracebackOf(ran)).toBe("[ 42, 43, true ]");
});

test("A package that is not there is an error of the line that imports it", async () => {
  const ran = await kernel().run('const x = 1\nimport { y } from "not-there"\ny');
  expect(ran.reply.evalue).toMatch(/^line 2: Cannot find module 'not-there'/);
});
