/** How numbers are said in an explanation. */

/** `1 case`, `412 cases`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** A number with at most one digit after the point: `61.6`, `412`, `0.4`. */
export const about = (n: number): string =>
  n.toLocaleString("en-GB", { maximumFractionDigits: n < 10 ? 1 : 0 });

/** `12 %`, `0.4 %`. */
export const percent = (share: number): string => `${about(share * 100)} %`;

/** `about 1 in 20,000`, `less than 1 in a million million`. */
export function chance(tail: number): string {
  if (tail < 1e-12) return "less than 1 in a million million";
  if (tail < 1e-6) return "less than 1 in a million";
  const rounded = Number((1 / tail).toPrecision(1));
  return `about 1 in ${rounded.toLocaleString("en-GB")}`;
}

/** `6.3 times`, `as many times`. */
export const times = (n: number): string => `${about(n)} times`;
