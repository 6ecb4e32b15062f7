/** The generic matrix of the slides: rows 1, 2, ⋮, α and columns 1, 2, ⋯, β, whatever α and β are. */

/** The LaTeX of a matrix of the given lengths, a vector as a column, whose entries `cell` writes. */
export function genericMatrix(
  lengths: readonly string[],
  cell: (indices: readonly string[]) => string,
): string {
  const [rows, columns] = [marks(lengths[0]), lengths.length > 1 ? marks(lengths[1]) : [""]];
  const lines = rows.map((row) =>
    columns
      .map((column) => {
        if (row !== null && column !== null) return cell(column === "" ? [row] : [row, column]);
        return row !== null ? "\\cdots" : column !== null ? "\\vdots" : "\\ddots";
      })
      .join(" & "),
  );
  return `\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}

/** 1, 2, …, α; an axis of length 1 is just that. */
function marks(length: string): (string | null)[] {
  return length === "1" ? ["1"] : ["1", "2", null, length];
}
