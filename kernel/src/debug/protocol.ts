/** What a debugger is asked and answers: the parts of the Debug Adapter Protocol that the kernel speaks. */

import type { Content } from "../bridge.ts";

/** The content of a `debug_request`. */
export interface DebugRequest {
  readonly seq?: number;
  readonly command: string;
  readonly arguments?: Content;
}

/** A variable as it is shown, and by which number its parts are asked for; 0 where it has none. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  readonly variablesReference: number;
  readonly evaluateName?: string;
}

export interface Breakpoint {
  readonly verified: boolean;
  readonly line: number;
  readonly source: { readonly path: string };
}

/** The one thread that runs cells. */
export const THREAD = 1;

/** What the debugger can do, as `initialize` tells it. */
export const CAPABILITIES: Content = {
  supportsConfigurationDoneRequest: true,
  supportsEvaluateForHovers: true,
  supportsConditionalBreakpoints: true,
  supportsModulesRequest: true,
  supportTerminateDebuggee: false,
  exceptionBreakpointFilters: [
    {
      filter: "raised",
      label: "Raised Exceptions",
      description: "Stops where a cell or one of its files throws, whether or not it is caught",
      default: false,
    },
  ],
};
