/** Notebook files as nbformat 4 has them, as far as grading looks at them. */

/** What nbgrader writes into a cell's metadata (its schema, version 3). */
export interface Marking {
  readonly schema_version?: number;
  readonly grade?: boolean;
  readonly solution?: boolean;
  readonly locked?: boolean;
  readonly task?: boolean;
  readonly grade_id?: string;
  readonly points?: number;
}

export interface Cell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly id?: string;
  readonly outputs?: readonly Readonly<Record<string, unknown>>[];
  readonly attachments?: Readonly<Record<string, unknown>>;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: 4;
  readonly nbformat_minor: number;
}

/** The largest file that is read: a notebook with pictures has a few MB. */
const LARGEST = 20_000_000;

/** A file that is not a notebook. Its message is a sentence for the teacher. */
export class NotebookError extends Error {
  override name = "NotebookError";
}

/** Reads a notebook, whose file may hold anything. */
export function readNotebook(text: string): Notebook {
  if (text.length > LARGEST) throw new NotebookError(`The file has more than ${LARGEST / 1e6} MB`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const where = text.trim() === "" ? "it is empty" : (error as Error).message;
    throw new NotebookError(`The file is not a complete notebook: ${where.slice(0, 160)}`);
  }
  const { cells, metadata, nbformat, nbformat_minor } = fieldsOf(json);
  if (!Array.isArray(cells) || nbformat !== 4) {
    throw new NotebookError(
      "The file is not a notebook of version 4: open it in JupyterLab and save it again",
    );
  }
  return {
    cells: cells.map(readCell),
    metadata: fieldsOf(metadata),
    nbformat: 4,
    nbformat_minor: typeof nbformat_minor === "number" ? nbformat_minor : 5,
  };
}

function readCell(json: unknown): Cell {
  const { cell_type, source, metadata, id, outputs, attachments } = fieldsOf(json);
  const type = cell_type === "markdown" || cell_type === "raw" ? cell_type : "code";
  return {
    cell_type: type,
    source: textOf(source),
    metadata: fieldsOf(metadata),
    ...(typeof id === "string" && { id }),
    ...(Array.isArray(outputs) && { outputs: outputs.map(fieldsOf) }),
    ...(attachments !== undefined && { attachments: fieldsOf(attachments) }),
  };
}

/** A text of nbformat, which may be a list of lines. */
export function textOf(source: unknown): string {
  if (typeof source === "string") return source;
  return Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : "";
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : {};
}

/** What nbgrader says about a cell; nothing where it says nothing that holds. */
export function markingOf({ metadata }: Cell): Marking {
  const { grade, solution, locked, task, grade_id, points, schema_version } = fieldsOf(metadata.nbgrader);
  return {
    ...(grade === true && { grade }),
    ...(solution === true && { solution }),
    ...(locked === true && { locked }),
    ...(task === true && { task }),
    ...(typeof grade_id === "string" && { grade_id }),
    ...(typeof points === "number" && Number.isFinite(points) && points >= 0 && { points }),
    ...(typeof schema_version === "number" && { schema_version }),
  };
}

/** Whether a cell is the student's to fill in. */
export function isSolution({ solution, locked, task }: Marking): boolean {
  return (solution === true || task === true) && locked !== true;
}

/** A notebook as a file. */
export function writeNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map(({ cell_type, source, metadata, id, outputs, attachments }) => ({
    ...(attachments && { attachments }),
    cell_type,
    ...(cell_type === "code" && { execution_count: null }),
    ...(id !== undefined && { id }),
    metadata,
    ...(cell_type === "code" && { outputs: outputs ?? [] }),
    source,
  }));
  return `${JSON.stringify({ ...notebook, cells }, null, 1)}\n`;
}
