/** What went wrong in a sentence for the person at the terminal, who has no use for a stack trace. */
export class SetupError extends Error {
  override name = "SetupError";
}
