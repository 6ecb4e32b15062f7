/** How many digits of a tensor can be shown. */
import { type Displayed, rewritten } from "gradbook/graph";

/** The fewest and the most digits after the point: as many as a float64 has. */
const [fewest, most] = [1, 15];

/** The next number of digits in a direction by which the tensor reads differently; `null` where there is none. */
export function nextDecimals(displayed: Displayed, from: number, direction: 1 | -1): number | null {
  const now = rewritten(displayed, { decimals: from });
  for (let decimals = from + direction; decimals >= fewest && decimals <= most; decimals += direction) {
    if (rewritten(displayed, { decimals }) !== now) return decimals;
  }
  return null;
}

/** Whether there is a digit after a point, so that one can have more of them or fewer. */
export function hasDigits({ data }: Pick<Displayed, "data">): boolean {
  // Whole numbers from 10⁹ on are written with a point and a power of ten.
  return data.some((x) => typeof x === "number" && !(Number.isInteger(x) && Math.abs(x) < 1e9));
}
