/** The words of the view in the language of the reader. */

/** What the view needs of JupyterLab's translations. */
export interface Translation {
  /** The text in the reader's language, with the arguments in place of %1, %2, … */
  __(text: string, ...args: readonly unknown[]): string;
}

/** English, as the texts are written. */
export const untranslated: Translation = {
  __: (text, ...args) => text.replace(/%(\d)/g, (sign, place) => String(args[Number(place) - 1] ?? sign)),
};
