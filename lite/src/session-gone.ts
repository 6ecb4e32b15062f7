import type { Outcome } from "../../kernel/src/bridge.ts";

/** What a cell ends with whose session is gone. */
export const SESSION_GONE: Outcome = (() => {
  const ename = "Interrupted";
  const evalue =
    "The cell was stopped, and the variables of the session are gone: a browser cannot stop it otherwise. Run the cells above again";
  return { status: "error", failure: { ename, evalue, traceback: [`${ename}: ${evalue}`] } };
})();
