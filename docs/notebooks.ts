/** The notebooks as pages to read: their text, their code, and what it has shown. */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A cell as a notebook keeps it, as far as a page shows it. */
interface Cell {
  readonly id: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata: { readonly jupyter?: { readonly source_hidden?: boolean } };
  readonly outputs?: readonly Output[];
}

interface Output {
  readonly output_type: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** A picture of the gallery: a cell of a notebook, and what there is to see. */
interface Exhibit {
  readonly notebook: string;
  readonly cell: string;
  readonly text: string;
}

const gallery: readonly Exhibit[] = [
  {
    notebook: "lectures/09b-linear-layers",
    cell: "layer-graph",
    text: "A linear layer and its backward pass: values pass above, gradients below.",
  },
  { notebook: "lectures/09-jacobians", cell: "exp-derivation", text: "Why dX = dY ⊙ Y, line by line." },
  {
    notebook: "lectures/09-jacobians",
    cell: "unary-drawn",
    text: "Which entries a function of every entry connects.",
  },
  { notebook: "lectures/09-jacobians", cell: "s08-blocks", text: "A Jacobian of matrices has four indices." },
  { notebook: "lectures/09-jacobians", cell: "s09-figure", text: "How an entry has its effect on the loss." },
  {
    notebook: "explore/gradients",
    cell: "landscape-field",
    text: "The gradient of a function of two variables, as arrows.",
  },
  { notebook: "explore/gradients", cell: "climb-path", text: "Following the gradient uphill." },
  { notebook: "explore/gradients", cell: "graph-loop", text: "A loop, rolled up into one group." },
  { notebook: "explore/gradients", cell: "moons-plot", text: "What a small network has learnt." },
  {
    notebook: "lectures/10-softmax-cross-entropy",
    cell: "jacobian-explain",
    text: "The Jacobian of softmax is not diagonal.",
  },
];

/** Writes all pages as Markdown, with their pictures beside them, and returns their files in order. */
export function writeNotebooks(root: string, folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = globSync("{lectures,explore}/*.ipynb", { cwd: join(root, "notebooks") }).map((name) =>
    name.replaceAll("\\", "/").replace(/\.ipynb$/, ""),
  );
  names.sort((a, b) => Number(a.startsWith("explore")) - Number(b.startsWith("explore")) || (a < b ? -1 : 1));
  const notebooks = new Map(names.map((name) => [name, cellsOf(join(root, "notebooks", `${name}.ipynb`))]));
  const pages = names.map((name) => {
    const [first, ...rest] = notebooks.get(name) ?? [];
    const [heading, ...text] = textOf(first.source).split("\n");
    const title = heading.replace(/^# /, "");
    const body = [text.join("\n"), ...rest.map((cell) => shown(cell, folder, basename(name)))];
    return write(folder, basename(name), { title, notebook: name }, body);
  });
  const exhibits = gallery.map(({ notebook, cell, text }) => {
    const found = notebooks.get(notebook)?.find(({ id }) => id === cell);
    if (found === undefined) throw new Error(`The gallery shows ${cell}, which is not in ${notebook}`);
    return `## ${text.replace(/\.$/, "")}\n\n${shown(found, folder, basename(notebook))}`;
  });
  const start = "Each picture is what one cell of the notebooks shows.";
  return [
    ...pages,
    write(folder, "gallery", { title: "Gallery", notebook: gallery[0].notebook }, [start, ...exhibits]),
  ];
}

function write(
  folder: string,
  name: string,
  about: Readonly<Record<string, string>>,
  body: readonly string[],
): string {
  const file = join(folder, `${name}.md`);
  const front = Object.entries(about).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  writeFileSync(file, `---\n${front.join("\n")}\n---\n\n# ${about.title}\n\n${body.join("\n\n")}\n`);
  return file;
}

/** A cell as Markdown; what is folded in the notebook is folded on the page. */
function shown(
  { cell_type, id, source, metadata, outputs = [] }: Cell,
  folder: string,
  page: string,
): string {
  // A notebook that leads to another one leads to its page.
  if (cell_type !== "code") return textOf(source).replace(/\]\(([\w-]+)\.ipynb\)/g, "](./$1.md)");
  const parts = outputs.map((output, k) => outputOf(output, join(folder, `${page}-${id}-${k}.svg`)));
  const all = [`\`\`\`ts\n${textOf(source)}\n\`\`\``, ...parts].join("\n\n");
  return metadata.jupyter?.source_hidden ? `<details><summary>Answer</summary>\n\n${all}\n\n</details>` : all;
}

/** What an output says to a reader: its picture, its formula, or its text. */
function outputOf({ output_type, text, data = {} }: Output, picture: string): string {
  const svg = data["image/svg+xml"];
  if (svg !== undefined) {
    writeFileSync(picture, textOf(svg));
    const [, title = "Picture"] = /<title>([^<]*)<\/title>/.exec(textOf(svg)) ?? [];
    return `![${title.replace(/[[\]]/g, "\\$&")}](./${basename(picture)})`;
  }
  const latex = data["text/latex"];
  // In one line, as nothing in it is to be read as a list or a heading.
  if (latex !== undefined) return `<div class="output">\n\n${textOf(latex).replace(/\s+/g, " ")}\n\n</div>`;
  const plain = output_type === "stream" ? text : data["text/plain"];
  if (plain === undefined) throw new Error(`Cannot show an output of the kind ${output_type}`);
  return `<pre class="output">${escaped(textOf(plain).trimEnd())}</pre>`;
}

function cellsOf(file: string): readonly Cell[] {
  return (JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] }).cells;
}

function textOf(text: string | readonly string[]): string {
  return [text].flat().join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
