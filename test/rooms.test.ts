/** Who may import whom: ARCHITECTURE.md says why. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

interface Room {
  readonly folder: string;
  /** What it may import beside its own files. */
  readonly mayImport: RegExp;
  /** A file that may import other things, too. */
  readonly except?: string;
  readonly because: string;
}

const rooms: readonly Room[] = [
  {
    folder: "src",
    mayImport: /^@hpcc-js\/wasm-graphviz$/,
    because:
      "src/ runs in Node, a browser and a worker, and knows only itself and the engine that lays graphs out",
  },
  {
    folder: "kernel/src",
    mayImport:
      /^(node:.*|gradbook|gradbook\/session|tslab\/dist\/.*|typescript|koffi|magic-string|@jridgewell\/remapping|zeromq)$/,
    because:
      "kernel/ knows the library by its name, tslab, zeromq, what edits code, what calls a BLAS, and Node",
  },
  {
    folder: "extension/src",
    mayImport:
      /^(@jupyterlab\/.*|@lumino\/.*|@codemirror\/.*|@hpcc-js\/wasm-graphviz|katex|katex\/.*|gradbook\/(graph|replay))$/,
    because: "extension/ knows JupyterLab, KaTeX and the library by its name",
  },
  {
    folder: "grader/src",
    mayImport:
      /^(node:.*|gradbook|gradbook\/(session|exercise)|@gradbook\/kernel\/.*|bullmq|ioredis|katex|marked|rolldown)$/,
    because: "grader/ knows the library and the kernel by their names, and what makes pages and the snapshot",
  },
  {
    folder: "kernel/src/language",
    mayImport: /^(\.\.\/.*|tslab\/dist\/.*|typescript|magic-string|@jridgewell\/remapping)$/,
    except: "node.ts",
    because:
      "the language asks all that it needs of Node in node.ts, in the place of which a browser has something else",
  },
  {
    folder: "lite",
    mayImport:
      /^(node:.*|rolldown|@jupyterlab\/.*|@jupyterlite\/services|@lumino\/.*|@jridgewell\/trace-mapping|node-inspect-extracted|path-browserify|gradbook|gradbook\/(graph|replay)|tslab-source:\w+|typescript|(\.\.\/)+kernel\/src\/.*)$/,
    because: "lite/ knows the kernel, JupyterLite, and what stands in for Node",
  },
  {
    folder: "docs",
    mayImport: /^(node:.*|typedoc|katex|markdown-it|(\.\.\/)+src\/.*)$/,
    because: "docs/ reads the library and writes pages",
  },
  { folder: "scripts", mayImport: /^node:/, because: "scripts/ run before any package is installed" },
];

const importPattern =
  /^(?:import|export)\b[^"']*?\bfrom\s+["']([^"']+)["']|^import\s+["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm;

function importsOf(file: string): string[] {
  const code = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(importPattern)].map(([, a, b, c]) => a ?? b ?? c);
}

test.each(rooms)("$folder imports what it may: $because", ({ folder, mayImport, except, because }) => {
  const files = globSync("**/*.{ts,mjs}", { cwd: join(root, folder) }).filter((file) => file !== except);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const path = join(folder, file);
    if (path.includes("node_modules")) continue;
    for (const name of importsOf(path)) {
      const isOwn = name.startsWith(".") && !relative(folder, join(dirname(path), name)).startsWith("..");
      expect(isOwn || mayImport.test(name), `${path} imports ${name}: ${because}`).toBe(true);
    }
  }
});

/** The rooms of src/ from the ground up, as ARCHITECTURE.md lists them. */
const floors = [
  ...readFileSync(join(root, "ARCHITECTURE.md"), "utf8").matchAll(/^\| `([a-z]+)\/` \| [^|]+ \|$/gm),
].map(([, room]) => room);

const typesOnly = /^(?:import|export) type\b[^;]*;|\btype \w+(?: as \w+)?,?/gm;

/** The files of src/ that a file needs when it runs. */
function needsOf(file: string): string[] {
  const code = readFileSync(join(root, "src", file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const values = code.replace(typesOnly, "").replace(/^import \{\s*\} from "[^"]+";$/gm, "");
  return [...values.matchAll(importPattern)]
    .map(([, a, b, c]) => a ?? b ?? c)
    .filter((name) => name.startsWith("."))
    .map((name) => join(dirname(file), name));
}

const roomOf = (file: string): string => (file.includes(sep) ? file.split(sep)[0] : "");
const library = globSync("**/*.ts", { cwd: join(root, "src") }).sort();

test("a room of the library imports the rooms above it in the list of ARCHITECTURE.md, and no others", () => {
  const rooms = new Set(library.map(roomOf).filter((room) => room !== ""));
  expect([...rooms].sort()).toEqual(floors.toSorted());
  for (const file of library.filter((own) => roomOf(own) !== "")) {
    const own = floors.indexOf(roomOf(file));
    for (const needed of needsOf(file)) {
      const floor = floors.indexOf(roomOf(needed));
      expect(floor >= 0 && floor <= own, `src/${file} imports src/${needed}, which stands below it`).toBe(
        true,
      );
    }
  }
});

test("no file of the library needs itself, by whatever way", () => {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    expect(way, `${[...way, file].join(" → ")}`).not.toContain(file);
    if (done.has(file)) return;
    for (const needed of needsOf(file)) {
      if (needed !== file || file !== "index.ts") visit(needed, [...way, file]); // gb is the index itself
    }
    done.add(file);
  };
  for (const file of library) visit(file, []);
});

test("the library is a house that a stranger can walk through", () => {
  expect(floors.length + 1).toBeLessThanOrEqual(20);
  // Kernels on numbers and exercises have doors of their own: who follows a gradient through the house passes neither.
  const apart = library.filter((file) => ["numeric", "exercise"].includes(roomOf(file)));
  expect(library.length - apart.length).toBeLessThanOrEqual(160);
  expect(apart.length).toBeLessThanOrEqual(40);
});

/** A text that ends or begins with a slash, and not as an address, HTML, a comment or the name of a package does. */
const slash = { before: /(?<!^pkg:\w+|[:</])\/$/, behind: /^\/(?![/>])/ };

/** Whether code puts a path together from pieces and slashes, or takes one apart at them. */
function isByHand(node: ts.Node): boolean {
  if (ts.isTemplateExpression(node)) {
    const last = node.templateSpans.length - 1;
    const behind = node.templateSpans.map(({ literal }) => literal.text);
    const before = [node.head.text, ...behind.slice(0, last)];
    return before.some((text) => slash.before.test(text)) || behind.some((text) => slash.behind.test(text));
  }
  const isText = (part: ts.Node): part is ts.StringLiteral => ts.isStringLiteralLike(part);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const { left, right } = node;
    return (isText(left) && slash.before.test(left.text)) || (isText(right) && slash.behind.test(right.text));
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [first] = node.arguments;
  const takesApart = ["split", "lastIndexOf"].includes(node.expression.name.text);
  return takesApart && first !== undefined && isText(first) && /^[\\/]$/.test(first.text);
}

test("where there are files, no path is put together or taken apart by hand: `node:path` and `inFolder` know how", () => {
  const found: string[] = [];
  for (const folder of ["kernel/src", "kernel/bin", "grader/src", "scripts", "npm"]) {
    for (const file of globSync("**/*.{ts,mjs,js}", { cwd: join(root, folder) })) {
      const path = join(folder, file);
      if (path === join("kernel", "src", "language", "slashes.ts")) continue;
      const source = ts.createSourceFile(
        path,
        readFileSync(join(root, path), "utf8"),
        ts.ScriptTarget.Latest,
      );
      const visit = (node: ts.Node): void => {
        if (isByHand(node)) found.push(`${path}: ${source.text.slice(node.pos, node.end).trim()}`);
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  }
  expect(found).toEqual([]);
});

test("nothing in the repository reads files from beside it", () => {
  for (const { folder } of rooms) {
    for (const file of globSync("**/*.ts", { cwd: join(root, folder) })) {
      if (file.includes("node_modules")) continue;
      expect(readFileSync(join(root, folder, file), "utf8"), file).not.toMatch(/\.\.\/shared\b/);
    }
  }
});
