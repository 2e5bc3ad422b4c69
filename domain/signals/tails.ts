/**
 * Exact tails of counting distributions: how likely chance alone would bring at least this much. Summed term by term from
 * logarithms, so that a millionth is a millionth and no normal approximation stands in for it.
 *
 * Sources: log Γ by Lanczos' series with Godfrey's coefficients (g = 7, n = 9), good to 15 digits; beta-binomial and
 * negative binomial as in Johnson, Kemp, Kotz, "Univariate Discrete Distributions", 3rd ed., §6.9.2 and §5.1.
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Natural logarithm of Γ(x), for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0] as number;
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Adds up terms from `from` to `to`, given as logarithms; ends where they no longer matter. */
function sumOf(logTerm: (i: number) => number, from: number, to: number): number {
  let sum = 0;
  let before = 0;
  for (let i = from; i <= to; i++) {
    const term = Math.exp(logTerm(i));
    sum += term;
    if (term <= before && term < sum * 1e-12) break;
    before = term;
  }
  return Math.min(1, sum);
}

/** P(X ≥ k) for X ~ Binomial(n, p). */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  return sumOf((i) => logChoose(n, i) + i * Math.log(p) + (n - i) * Math.log1p(-p), k, n);
}

/**
 * P(X ≥ k) for a beta-binomial of n trials with mean p and correlation ρ between trials: a binomial whose probability
 * differs from person to person. At ρ = 0 it is the binomial.
 */
export function betaBinomialTail(k: number, n: number, p: number, rho: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  if (rho < 1e-6) return binomialTail(k, n, p);
  const a = (p * (1 - rho)) / rho;
  const b = ((1 - p) * (1 - rho)) / rho;
  return sumOf((i) => logChoose(n, i) + logBeta(i + a, n - i + b) - logBeta(a, b), k, n);
}

/** P(X ≥ k) for X ~ Poisson(mean). */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  return sumOf((i) => i * Math.log(mean) - mean - logGamma(i + 1), k, k + 10_000);
}

/**
 * P(X ≥ k) for a negative binomial with this mean and variance: a Poisson whose rate differs from person to person and from
 * day to day. With a variance that is no larger than the mean it is the Poisson.
 */
export function negativeBinomialTail(k: number, mean: number, variance: number): number {
  if (variance <= mean * 1.001) return poissonTail(k, mean);
  if (k <= 0) return 1;
  const size = (mean * mean) / (variance - mean);
  const p = size / (size + mean);
  return sumOf(
    (i) => logGamma(i + size) - logGamma(i + 1) - logGamma(size) + size * Math.log(p) + i * Math.log1p(-p),
    k,
    k + 100_000,
  );
}
