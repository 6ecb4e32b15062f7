/** The BLAS of this machine, called from JavaScript: looked for only when somebody asks for it. */

import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, delimiter, dirname, join } from "node:path";
import { type Blas, type Entries, useBlas } from "gradbook/session";

/** Where libraries are, the best first. A name without a folder is for the system's loader to find. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  darwin: ["/System/Library/Frameworks/Accelerate.framework/Accelerate"],
  linux: [
    "libopenblas.so.0",
    "libmkl_rt.so.3",
    "libmkl_rt.so.2",
    "libblis.so.4",
    "libopenblas.so",
    "libblis.so",
  ],
  win32: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll"],
};

/** How the functions of a library are called: with 64-bit lengths, the names have an end, or a beginning too. */
const STYLES = [
  { before: "cblas_", after: "", integer: "int" },
  { before: "cblas_", after: "64_", integer: "int64_t" },
  { before: "scipy_cblas_", after: "64_", integer: "int64_t" },
  { before: "scipy_cblas_", after: "", integer: "int" },
] as const;

/** One thread: more of them spin where others have work, and the bits would depend on their number. */
const THREADS = [
  "openblas_set_num_threads",
  "openblas_set_num_threads64_",
  "scipy_openblas_set_num_threads64_",
  "scipy_openblas_set_num_threads",
  "MKL_Set_Num_Threads",
  "bli_thread_set_num_threads",
];

type Koffi = typeof import("koffi");

let found: Blas | string | undefined;

/** The BLAS of this machine, or why there is none, as the end of a sentence. */
export function findBlas(): Blas | string {
  found ??= look();
  return found;
}

/** Uses it before the first cell, where GRADBOOK_BLAS asks for it; what stands in the way is told in the log. */
export function useBlasFromStart(): void {
  if (["", "0"].includes(process.env.GRADBOOK_BLAS ?? "")) return;
  try {
    console.error(`Matrices are multiplied by ${useBlas()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

function look(): Blas | string {
  let koffi: Koffi;
  try {
    koffi = createRequire(import.meta.url)("koffi") as Koffi;
  } catch {
    return "the package koffi, which calls it, is not installed";
  }
  // Read by libraries when they are loaded, and by some never again.
  for (const name of ["OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB_MAXIMUM"])
    process.env[`${name}_NUM_THREADS`] ??= "1";
  for (const path of [...(NAMES[process.platform] ?? []), ...insideNumPy()]) {
    const blas = opened(koffi, path);
    if (blas !== null) return blas;
  }
  return "there is none on this machine; install OpenBLAS (on Debian and Ubuntu: apt install libopenblas0), or NumPy";
}

/** The OpenBLAS that NumPy's wheel brings, of the Python environments on the PATH. */
function insideNumPy(): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter).map(dirname);
  return folders.flatMap((folder) => {
    const libraries = [
      "lib/python3*/site-packages/numpy.libs/*openblas*",
      "Lib/site-packages/numpy.libs/*openblas*",
    ];
    return globSync(libraries, { cwd: folder }).map((file) => join(folder, file));
  });
}

function opened(koffi: Koffi, path: string): Blas | null {
  try {
    const library = koffi.load(path);
    for (const { before, after, integer } of STYLES) {
      const double = declared(library, `${before}dgemm${after}`, integer, "double");
      const single = declared(library, `${before}sgemm${after}`, integer, "float");
      if (double === null || single === null) continue;
      for (const name of THREADS) {
        try {
          library.func(`void ${name}(int)`)(1);
        } catch {
          // Another library's name.
        }
      }
      return { name: `the BLAS in ${basename(path)}`, multiply: multiplication(double, single) };
    }
  } catch {
    // It is not there.
  }
  return null;
}

/** cblas_gemm: layout, both transpositions, three lengths, α, A, lda, B, ldb, β, C, ldc. */
type Gemm = (...given: (number | Entries)[]) => void;

function declared(library: ReturnType<Koffi["load"]>, name: string, int: string, real: string): Gemm | null {
  const given = [
    ...["int", "int", "int", int, int, int],
    ...[real, "void *", int, "void *", int, real, "void *", int],
  ];
  try {
    return library.func(name, "void", given) as Gemm;
  } catch {
    return null;
  }
}

const [ROW_MAJOR, AS_IT_IS, TRANSPOSED] = [101, 111, 112];

/** How a matrix lies in memory. */
interface Laid {
  readonly trans: number;
  /** How far apart its rows are, or its columns if it is transposed. */
  readonly ld: number;
}

/** A matrix of these lengths and strides as BLAS sees it; `null` where neither rows nor columns are contiguous. */
export function laidOut(rows: number, columns: number, row: number, column: number): Laid | null {
  if ((column === 1 || columns === 1) && (rows === 1 || row >= columns)) {
    return { trans: AS_IT_IS, ld: Math.max(row, columns, 1) };
  }
  if ((row === 1 || rows === 1) && (columns === 1 || column >= rows)) {
    return { trans: TRANSPOSED, ld: Math.max(column, rows, 1) };
  }
  return null;
}

function multiplication(double: Gemm, single: Gemm): Blas["multiply"] {
  const from = (entries: Entries, at: number): Entries => (at === 0 ? entries : entries.subarray(at));
  const other = (trans: number): number => (trans === AS_IT_IS ? TRANSPOSED : AS_IT_IS);
  return ({ m, k, n, yRow, yColumn, aRow, aDepth, bDepth, bColumn }, y, yAt, a, aAt, b, bAt) => {
    const type = y instanceof Float32Array ? Float32Array : Float64Array;
    if (!(a instanceof type && b instanceof type)) return false;
    const Y = laidOut(m, n, yRow, yColumn);
    const A = laidOut(m, k, aRow, aDepth);
    const B = laidOut(k, n, bDepth, bColumn);
    if (Y === null || A === null || B === null) return false;
    const gemm = type === Float32Array ? single : double;
    const [into, left, right] = [from(y, yAt), from(a, aAt), from(b, bAt)];
    if (Y.trans === AS_IT_IS) {
      gemm(ROW_MAJOR, A.trans, B.trans, m, n, k, 1, left, A.ld, right, B.ld, 0, into, Y.ld);
    } else {
      // Yᵀ = Bᵀ Aᵀ
      gemm(ROW_MAJOR, other(B.trans), other(A.trans), n, m, k, 1, right, B.ld, left, A.ld, 0, into, Y.ld);
    }
    return true;
  };
}
