/** When the card about a call is asked for, and where it stands. */
import type { Text, Transaction } from "@codemirror/state";

/**
 * The opening parenthesis whose inside holds the cursor, so that the card keeps its place while the arguments are
 * written; the beginning of the line where the call began in an earlier one.
 */
export function callPosition(text: Text, cursor: number): number {
  const line = text.lineAt(cursor);
  const before = line.text.slice(0, cursor - line.from);
  let open = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    if (")]}".includes(before[index])) open += 1;
    else if ("([{".includes(before[index])) {
      if (open === 0 && before[index] === "(") return line.from + index;
      open = Math.max(0, open - 1);
    }
  }
  return line.from + (line.text.length - line.text.trimStart().length);
}

/** Whether an opening parenthesis or a comma was typed. */
export function opensArguments(transaction: Transaction): boolean {
  if (!transaction.isUserEvent("input.type")) return false;
  let opens = false;
  transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
    // The editor may have put the closing parenthesis after the cursor by itself.
    opens ||= /[(,]\)?$/.test(inserted.toString());
  });
  return opens;
}
