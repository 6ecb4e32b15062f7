/** Globs, as `history_request` searches by them: `*` is any text, `?` any character, all else itself. */

/**
 * Whether a glob is all of a text.
 *
 * What fails behind a star is tried again only from the last star on, one character further: an earlier star could but
 * take some of the text that the last one can take as well. So the steps are at most the product of the two lengths, where
 * a regular expression takes a power of them for each star.
 */
export function matches(glob: string, text: string): boolean {
  let at = 0;
  let next = 0;
  /** Where the glob goes on behind the last star, and where in the text that was tried last. */
  let retry: { readonly glob: number; text: number } | undefined;
  while (at < text.length) {
    if (glob[next] === "*") {
      next += 1;
      retry = { glob: next, text: at };
    } else if (next < glob.length && (glob[next] === "?" || glob[next] === text[at])) {
      next += 1;
      at += 1;
    } else if (retry) {
      retry.text += 1;
      at = retry.text;
      next = retry.glob;
    } else return false;
  }
  while (glob[next] === "*") next += 1;
  return next === glob.length;
}
