/** The keys after which an argument is written. */
import type { Transaction } from "@codemirror/state";

/** Whether an opening parenthesis or a comma was typed. */
export function opensArguments(transaction: Transaction): boolean {
  if (!transaction.isUserEvent("input.type")) return false;
  let opens = false;
  transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
    // The editor may have put the closing parenthesis behind the cursor by itself.
    opens ||= /[(,]\)?$/.test(inserted.toString());
  });
  return opens;
}
