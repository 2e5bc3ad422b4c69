import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { cleanHeaders } from "./cleanHeaders.ts";
import { clientAddress } from "./clientAddress.ts";

function request(remoteAddress: string | undefined, headers: Record<string, string> = {}) {
  return { headers, socket: { remoteAddress } } as unknown as Pick<IncomingMessage, "headers" | "socket">;
}

test("a client cannot choose its address", () => {
  const forged = request("203.0.113.9", { "x-forwarded-for": "198.51.100.1" });
  expect(clientAddress(forged, false)).toBe("203.0.113.9");
});

test("behind a trusted proxy only the entry which that proxy wrote counts", () => {
  const forged = request("127.0.0.1", { "x-forwarded-for": "198.51.100.1, 203.0.113.9" });
  expect(clientAddress(forged, true)).toBe("203.0.113.9");
  expect(clientAddress(request("127.0.0.1"), true)).toBe("127.0.0.1");
});

test("what is no address is not recorded as one", () => {
  expect(clientAddress(request("127.0.0.1", { "x-forwarded-for": "some words" }), true)).toBeNull();
  expect(clientAddress(request(undefined), false)).toBeNull();
  expect(clientAddress(request("::ffff:203.0.113.9"), false)).toBe("203.0.113.9");
  expect(clientAddress(request("2001:db8::1"), false)).toBe("2001:db8::1");
});

test("headers that Next trusts, and those of proxies, do not come in from outside", () => {
  const sent = {
    host: "unseal.example.org",
    "x-middleware-subrequest": "middleware:middleware",
    "x-forwarded-host": "evil.example.org",
    "x-forwarded-proto": "https",
    forwarded: "for=198.51.100.1",
    "x-real-ip": "198.51.100.1",
    "x-invoke-path": "/",
    cookie: "a=b",
  };
  const untrusted = { ...sent };
  cleanHeaders(untrusted, false);
  expect(Object.keys(untrusted)).toEqual(["host", "cookie"]);
  const trusted = { ...sent };
  cleanHeaders(trusted, true);
  expect(Object.keys(trusted)).toEqual([
    "host",
    "x-forwarded-host",
    "x-forwarded-proto",
    "forwarded",
    "x-real-ip",
    "cookie",
  ]);
});
