import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaBinomialTail, binomialTail, logGamma, negativeBinomialTail, poissonTail } from "./tails.ts";

const close = (digits: number) => (value: number, wanted: number) =>
  expect(Math.abs(value - wanted) / wanted).toBeLessThan(10 ** -digits);

describe("tails of counting distributions", () => {
  test("log Γ is that of factorials and of a half", () => {
    close(12)(logGamma(11), Math.log(3_628_800));
    close(12)(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
  });

  test("binomials add up as by hand", () => {
    close(12)(binomialTail(2, 3, 0.5), 0.5);
    close(12)(binomialTail(10, 10, 0.1), 1e-10);
    // 1 − (0.8^20 + 20·0.2·0.8^19)
    close(12)(binomialTail(2, 20, 0.2), 1 - 0.8 ** 20 - 20 * 0.2 * 0.8 ** 19);
    expect([
      binomialTail(0, 5, 0.2),
      binomialTail(6, 5, 0.2),
      binomialTail(1, 5, 0),
      binomialTail(1, 5, 1),
    ]).toEqual([1, 0, 0, 1]);
  });

  test("Poisson and negative binomial add up as by hand", () => {
    close(12)(poissonTail(1, 2), 1 - Math.exp(-2));
    // Summed with fifty digits.
    close(10)(poissonTail(30, 5), 2.8175176155779225e-14);
    // Mean 1 and variance 2 is the geometric on 0, 1, 2, … with p = ½.
    close(12)(negativeBinomialTail(5, 1, 2), 1 / 32);
    close(12)(negativeBinomialTail(3, 4, 4), poissonTail(3, 4));
  });

  test("a beta-binomial of mean ½ and ρ = ⅓ is flat", () => {
    for (let k = 0; k <= 9; k++) close(10)(betaBinomialTail(k, 9, 0.5, 1 / 3), (10 - k) / 10);
    close(6)(betaBinomialTail(3, 12, 0.2, 1e-9), binomialTail(3, 12, 0.2));
  });

  test("every tail is a probability, falls with k, and grows with the mean and the spread far out", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        (n, p, rho) => {
          const k = Math.min(n, Math.ceil(n * p) + 1 + Math.floor(n / 10));
          const tails = [
            binomialTail(k, n, p),
            betaBinomialTail(k, n, p, rho),
            poissonTail(k, n * p),
            negativeBinomialTail(k, n * p, 2 * n * p),
          ];
          for (const tail of tails) expect(tail >= 0 && tail <= 1).toBe(true);
          expect(binomialTail(k + 1, n, p)).toBeLessThanOrEqual(binomialTail(k, n, p));
          expect(betaBinomialTail(k + 1, n, p, rho)).toBeLessThanOrEqual(betaBinomialTail(k, n, p, rho));
          expect(binomialTail(k, n, Math.min(1, p * 1.1))).toBeGreaterThanOrEqual(
            binomialTail(k, n, p) * (1 - 1e-9),
          );
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
