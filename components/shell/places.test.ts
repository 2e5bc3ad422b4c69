import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { MeDto } from "../../contracts/session.ts";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import { PLACES, placesOf, startOf } from "./places.ts";
import { SHORTCUTS } from "./shortcuts.ts";

const me = (...roles: Role[]) => ({ roles, clearances: [] }) as unknown as MeDto;

test("every place is a page, and no two share a name, an address or a key", () => {
  for (const { href } of PLACES)
    expect(existsSync(join(import.meta.dirname, `../../app/(staff)${href}/page.tsx`)), href).toBe(true);
  for (const of of ["href", "label", "shortcut"] as const)
    expect(new Set(PLACES.map((place) => place[of])).size).toBe(PLACES.length);
  const keys = PLACES.map(({ shortcut }) => SHORTCUTS[shortcut].keys[0]);
  expect(new Set(keys).size).toBe(PLACES.length);
});

test("everybody has a place to begin, which they are offered", () => {
  for (const role of ROLES) expect(placesOf(me(role)).map(({ href }) => href)).toContain(startOf(me(role)));
  expect(startOf(me("moderator"))).toBe("/queues");
  expect(startOf(me("compliance_officer"))).toBe("/compliance");
  expect(startOf(me("legal_counsel"))).toBe("/lawful-requests");
  expect(startOf(me("auditor"))).toBe("/audit");
  for (const role of ROLES) expect(placesOf(me(role))[0]?.href).toBe(startOf(me(role)));
});

test("a moderator is offered nothing of the compliance desk", () => {
  const offered = placesOf(me("moderator")).map(({ href }) => href);
  for (const href of ["/compliance", "/integrity", "/signals", "/reviews", "/watch-list"])
    expect(offered).not.toContain(href);
});

test("lawful requests, holds and agencies are offered to counsel and officers alone", () => {
  for (const role of ROLES) {
    const offered = placesOf(me(role)).map(({ href }) => href);
    for (const href of ["/lawful-requests", "/holds", "/agencies"])
      expect(offered.includes(href), `${role} ${href}`).toBe(
        role === "legal_counsel" || role === "compliance_officer",
      );
  }
});
