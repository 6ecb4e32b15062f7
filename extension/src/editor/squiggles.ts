/** Problems of a cell as squiggles under its code, with their sentence at the mouse, by keyboard and by voice. */
import {
  type Action,
  type Diagnostic,
  diagnosticCount,
  forEachDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import type { EditorState, Extension } from "@codemirror/state";
import { EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Problem } from "../kernel-link/kernel-language.ts";
import { CellChecker } from "./cell-checker.ts";
import { type CellHost, cellHost } from "./cell-host.ts";
import { fixRangeOf, type Range, rangeOf } from "./problem-ranges.ts";

class Squiggles implements PluginValue {
  readonly #view: EditorView;
  readonly #host: CellHost;
  readonly #checker: CellChecker;
  #announced = "";

  constructor(view: EditorView) {
    this.#view = view;
    this.#host = view.state.facet(cellHost);
    this.#checker = new CellChecker({
      code: () => view.state.doc.toString(),
      language: () => this.#host.problems(),
      show: (problems) => this.#show(problems),
    });
    this.#host.changed.connect(this.#checkIfWatched, this);
    this.#checker.checkSoon();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.#checkIfWatched();
  }

  destroy(): void {
    this.#host.changed.disconnect(this.#checkIfWatched, this);
    this.#checker.dispose();
  }

  /** A cell that shows nothing and in which nobody writes is left alone. */
  #checkIfWatched(): void {
    if (this.#view.hasFocus || diagnosticCount(this.#view.state) > 0) this.#checker.checkSoon();
  }

  #show(problems: readonly Problem[]): void {
    const { state } = this.#view;
    const diagnostics = problems.map((problem) => diagnosticOf(problem, state, this.#host));
    // What is already shown stays untouched: otherwise a card that somebody is reading would close.
    if (keyOf(diagnostics) === keyOf(shownIn(state))) return;
    this.#view.dispatch(setDiagnostics(state, diagnostics));
    this.#announce(problems);
  }

  /** Tells those who cannot see the squiggles, once for as long as the problems stay the same. */
  #announce(problems: readonly Problem[]): void {
    const { trans } = this.#host;
    const text = problems
      .map(({ line, message }) => trans.__("Problem in line %1: %2", line, message))
      .join("\n");
    const isNews = text !== "" && text !== this.#announced && this.#view.hasFocus;
    this.#announced = text;
    if (isNews) this.#view.dispatch({ effects: EditorView.announce.of(text) });
  }
}

/** The diagnostics in an editor, where they have moved to while the text around them changed. */
function shownIn(state: EditorState): readonly Diagnostic[] {
  const shown: Diagnostic[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => shown.push({ ...diagnostic, from, to }));
  return shown;
}

/** The same text for two lists of diagnostics exactly if they look the same. */
function keyOf(diagnostics: readonly Diagnostic[]): string {
  const keys = diagnostics.map(({ from, to, severity, message }) =>
    JSON.stringify([from, to, severity, message]),
  );
  return keys.sort().join("\n");
}

/** TypeScript's numbers for names that it does not know. */
const unknownName: ReadonlySet<number> = new Set([2304, 2552]);

function diagnosticOf(problem: Problem, { doc }: EditorState, host: CellHost): Diagnostic {
  const { category, code, file, message } = problem;
  const range = rangeOf(problem, doc);
  if (unknownName.has(code) && host.declares(doc.sliceString(range.from, range.to))) {
    // Not a mistake where a notebook was just opened and its first cells have not run yet.
    const source = host.trans.__("Run the cell that declares it first");
    return { ...range, severity: "hint", markClass: "gb-Problem gb-mod-hint", message, source };
  }
  return {
    ...range,
    severity: category,
    markClass: `gb-Problem gb-mod-${category}`,
    message: file === undefined ? message : `${file}: ${message}`,
    actions: actionsOf(problem, range, doc),
  };
}

/** A button for each way out. It moves along with its problem while the text around them changes. */
function actionsOf({ fixes }: Problem, range: Range, doc: EditorState["doc"]): Action[] {
  return fixes.map((fix) => {
    const { from, to } = fixRangeOf(fix, doc);
    return {
      name: fix.title,
      apply(view, at) {
        const changes = { from: at + from - range.from, to: at + to - range.from, insert: fix.text };
        view.dispatch({ changes, userEvent: "input.fix" });
        view.focus();
      },
    };
  });
}

/** Checks the cell while it is written. */
export const squiggles: Extension = ViewPlugin.fromClass(Squiggles);
