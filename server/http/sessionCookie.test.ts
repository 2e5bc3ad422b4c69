import { expect, test } from "vitest";
import { readSessionToken } from "./sessionCookie.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);

test("the token is found among other cookies", () => {
  expect(readSessionToken(`x=1; unseal-session=${A}; y=2`, false)).toBe(A);
  expect(readSessionToken(`unseal-session=${A}`, false)).toBe(A);
  expect(readSessionToken(`__Host-unseal-session=${A}`, true)).toBe(A);
});

test("over TLS a cookie without the prefix, which a subdomain can plant, counts for nothing", () => {
  expect(readSessionToken(`unseal-session=${B}`, true)).toBeNull();
  expect(readSessionToken(`unseal-session=${B}; __Host-unseal-session=${A}`, true)).toBe(A);
  expect(readSessionToken(`x__Host-unseal-session=${B}; __Host-unseal-session=${A}`, true)).toBe(A);
});

test("two tokens that differ count as none", () => {
  expect(readSessionToken(`unseal-session=${B}; unseal-session=${A}`, false)).toBeNull();
  expect(readSessionToken(`unseal-session=${A}; unseal-session=${A}`, false)).toBe(A);
  expect(readSessionToken(`unseal-session=; unseal-session=${A}`, false)).toBeNull();
});

test("what is no token is none", () => {
  for (const cookies of [
    null,
    "",
    ";",
    "unseal-session",
    "unseal-session=",
    `unseal-session=${A}0`,
    `unseal-session=${A.toUpperCase()}`,
    `unseal-session="${A}"`,
    `unseal-session =${A.slice(1)}`,
    `Unseal-Session=${A}`,
  ]) {
    expect(readSessionToken(cookies, false), String(cookies)).toBeNull();
  }
});
