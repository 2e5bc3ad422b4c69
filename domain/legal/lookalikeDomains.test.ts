import { expect, test } from "vitest";
import { asciiDomain, domainOf, tidyAddress } from "./addresses.ts";
import { judgeAddress } from "./lookalikeDomains.ts";
import { unicodeDomain } from "./punycode.ts";

const DIRECTORY = [
  "police.example.org",
  "harbourpolice.example",
  "metro-police.example.net",
  "court.example.org",
];
const judged = (address: string | null, agency: string[] | null = ["harbourpolice.example"]) =>
  judgeAddress(address, agency, DIRECTORY);

test("an authority's own domain and what lies below it are its own, and nothing else is", () => {
  expect(judged("jo@harbourpolice.example").findings).toEqual(["in_directory"]);
  expect(judged("Jo Doe <jo@HarbourPolice.example>").findings).toEqual(["in_directory"]);
  expect(judged("jo@desk.harbourpolice.example").findings).toEqual(["below_directory"]);
  expect(judged("jo@notharbourpolice.example").findings).not.toContain("below_directory");
  expect(judged("jo@court.example.org").findings).toEqual(["not_in_directory"]);
  expect(judged("jo@harbourpolice.example", null).findings).toEqual(["no_agency_chosen"]);
});

test.each([
  ["jo@hаrbourpolice.example", "look_alike_letters"], // Cyrillic а
  ["jo@harbourpo1ice.example", "look_alike_letters"],
  ["jo@harbourpoIice.example", "look_alike_letters"],
  ["jo@harbourpolcie.example", "few_letters_differ"],
  ["jo@harborpolice.example", "few_letters_differ"],
  ["jo@harbourpolice.test", "other_ending"],
  ["jo@harbourpolice-legal.example", "added_words"],
  ["jo@harbour-police.example", "few_letters_differ"],
  ["jo@harbourpolice.example.evil.test", "directory_name_inside"],
  ["jo@evil.harbourpolice.example.test", "directory_name_inside"],
])("a fake officer's %s is told", (address, finding) => {
  const { findings, resembles } = judged(address);
  expect(findings).toContain("not_in_directory");
  expect(findings).toContain(finding);
  expect(resembles).toBe("harbourpolice.example");
});

test("free mail, no address and what is none are told apart", () => {
  expect(judged("harbour.police@gmail.com").findings).toEqual(["not_in_directory", "free_mail"]);
  expect(judged(null).findings).toEqual(["no_address"]);
  expect(judged("harbourpolice.example").findings).toEqual(["malformed"]);
  expect(judged("jo@[127.0.0.1]").findings).toEqual(["malformed"]);
  expect(judged("jo@127.0.0.1").findings).toEqual(["malformed"]);
  expect(judged("jo@harbourpolice.example@evil.test").domain).toBe("evil.test");
});

test("a domain in another alphabet is kept in ASCII, so that what looks alike is not alike", () => {
  expect(tidyAddress(" jo@hаrbourpolice.example ")).toMatch(/^jo@xn--[a-z0-9-]+\.example$/);
  expect(judged("jo@hаrbourpolice.example").findings).toContain("punycode");
  expect(tidyAddress("Jo <jo@Example.ORG>")).toBe("Jo <jo@example.org>");
  expect(tidyAddress("by hand")).toBe("by hand");
  expect(domainOf("jo@bücher.example")).toBe("xn--bcher-kva.example");
  expect(unicodeDomain("xn--bcher-kva.example")).toBe("bücher.example");
  expect(unicodeDomain("xn--zzzzzzzz99999999.example")).toMatch(/example$/);
  expect(asciiDomain("a/b.example")).toBeNull();
  expect(asciiDomain(`${"a".repeat(64)}.example`)).toBeNull();
});
