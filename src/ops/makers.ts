/** What makes ops again: the public ones, and those that only derivatives are made of. */

import { contraction } from "../rules/contraction.ts";
import { carry, carryBoth, pass, weigh } from "../rules/mask.ts";
import { collecting, puttingBack, selection, shifting } from "../rules/select.ts";
import type { Call, Maker } from "../tensor/op.ts";
import * as ops from "./index.ts";
import { directed } from "./norm-slopes.ts";
import {
  asinSlope,
  bell,
  difference,
  normalDensity,
  normalDistribution,
  overSquares,
  runningSums,
  sigmoidLean,
  sigmoidSlope,
  tanhSlope,
  timesLog,
} from "./slopes.ts";
import { cofactor, stoppingSolve } from "./solving.ts";

const always = (call: (...x: never[]) => ReturnType<Call>): Maker => ({ remake: () => call as Call });

/** By the names in recipes. */
export const makers: Readonly<Record<string, Maker>> = {
  ...ops,
  sigmoidSlope,
  sigmoidLean,
  tanhSlope,
  asinSlope,
  overSquares,
  bell,
  normalDistribution,
  normalDensity,
  contract: contraction,
  select: selection,
  putBack: puttingBack,
  collect: collecting,
  difference,
  shift: shifting,
  runningSum: runningSums,
  pass: always(pass),
  carry: always(carry),
  weigh: always(weigh),
  carryBoth: always(carryBoth),
  directed: always(directed),
  timesLog: always(timesLog),
  cofactor: always(cofactor),
  stoppingSolve: always(stoppingSolve),
  detach: always((x: { detach(): ReturnType<Call> }) => x.detach()),
};
