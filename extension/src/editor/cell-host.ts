/** What a cell's editor knows of the notebook around it. */
import { Facet } from "@codemirror/state";
import type { TranslationBundle } from "@jupyterlab/translation";
import type { ISignal } from "@lumino/signaling";
import type { KernelLanguage } from "../kernel-link/kernel-language.ts";

/** The notebook around a code cell. */
export interface CellHost {
  /** Whom to ask about problems; undefined without a kernel of ours, or where squiggles are off. */
  problems(): KernelLanguage | undefined;
  /** Whom to ask about the call at the cursor; undefined without a kernel of ours, or where that help is off. */
  signatures(): KernelLanguage | undefined;
  /** Whether what a value has is proposed as soon as a dot is typed: where the kernel is ours, unless it is off. */
  members(): boolean;
  /** Whether the kernel is ours. */
  isAnswered(): boolean;
  /** Whether some cell of the notebook, run or not, declares this name. */
  declares(name: string): boolean;
  /** Called when the answers may have changed: another kernel, a cell that ran, another setting. */
  readonly changed: ISignal<unknown, void>;
  readonly trans: TranslationBundle;
}

/** The host of an editor, for the extensions in it. */
export const cellHost: Facet<CellHost, CellHost> = Facet.define({ combine: ([host]) => host });
