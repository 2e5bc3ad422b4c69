import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { makeWorld, type World } from "../test/world.ts";
import { createMember, setPassword } from "./operator.ts";
import { readMe } from "./readMe.ts";
import { signIn } from "./signIn.ts";
import { signOut } from "./signOut.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());

const PASSWORD = "a long enough password";
const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const from = (ip = "192.0.2.1"): Actor => ({
  token: null,
  ip,
  userAgent: "test",
  requestId: randomUUID(),
  background: false,
});
const holding = (token: string): Actor => ({ ...from(), token });

async function member(): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@staff.example.org`;
  const id = await createMember(world.admin, {
    email,
    name: "Example Person",
    roles: ["moderator"],
    regions: ["eu"],
    clearances: [],
    languages: ["en"],
  });
  await setPassword(world.admin, id, PASSWORD);
  return { id, email };
}

test("the right password opens a session, whatever the case of the address", async () => {
  const { id, email } = await member();
  const { token } = await signIn(from(), email.toUpperCase(), PASSWORD);
  expect(await readMe(holding(token))).toMatchObject({ id, email, roles: ["moderator"] });
});

test("a wrong password, a disabled member and an unknown address are refused alike", async () => {
  const { id, email } = await member();
  await expect(signIn(from("192.0.2.2"), email, "something else")).rejects.toEqual(refused("wrong"));
  await expect(signIn(from("192.0.2.2"), "nobody@staff.example.org", PASSWORD)).rejects.toEqual(
    refused("wrong"),
  );
  await world.admin`select staff.disable_member(${id})`;
  await expect(signIn(from("192.0.2.2"), email, PASSWORD)).rejects.toEqual(refused("wrong"));
});

test("asking for the salt does not tell who works here", async () => {
  const { email } = await member();
  const ask = async (address: string) =>
    (await world.admin`select staff.sign_in_challenge(${address}) as how`)[0]?.how;
  const [known, unknown, again] = [
    await ask(email),
    await ask("nobody@example.org"),
    await ask("nobody@example.org"),
  ];
  expect({ ...unknown, salt: "" }).toEqual({ ...known, salt: "" });
  expect(unknown.salt).toMatch(/^[0-9a-f]{32}$/);
  expect(again).toEqual(unknown);
});

test("twenty guesses at once count as twenty, and the right password no longer helps", async () => {
  const { email } = await member();
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => signIn(from(`198.51.100.${i}`), email, `guess ${i}`)),
  );
  const codes = results.map((r) => (r.status === "rejected" ? (r.reason as { code: string }).code : "in"));
  expect(codes.filter((code) => code === "wrong")).toHaveLength(8);
  expect(codes.filter((code) => code === "locked")).toHaveLength(12);
  await expect(signIn(from(), email, PASSWORD)).rejects.toEqual(refused("locked"));
});

test("a session that has signed out, was revoked, expired or stood idle opens nothing", async () => {
  const { id, email } = await member();
  const tokens = await Promise.all(
    Array.from({ length: 4 }, async () => (await signIn(from(), email, PASSWORD)).token),
  );
  const [a, b, c, d] = tokens as [string, string, string, string];
  await signOut(holding(a));
  expect(await readMe(holding(a))).toBeNull();
  const change = (token: string, what: string) =>
    world.admin.unsafe(`update staff.sessions set ${what} where token_hash = sha256('${token}'::bytea)`);
  await change(b, "expires_at = clock_timestamp()");
  expect(await readMe(holding(b))).toBeNull();
  await change(c, "last_seen_at = clock_timestamp() - interval '15 minutes 1 second'");
  expect(await readMe(holding(c))).toBeNull();
  expect(await readMe(holding(d))).not.toBeNull();
  await world.admin`select staff.revoke_sessions(${id})`;
  expect(await readMe(holding(d))).toBeNull();
});

test("what a page asks by itself does not keep an idle session alive", async () => {
  const { email } = await member();
  const { token, sessionId } = await signIn(from(), email, PASSWORD);
  await world.admin`update staff.sessions set last_seen_at = last_seen_at - interval '10 minutes' where id = ${sessionId}`;
  const seen = async () =>
    (
      await world.admin`select last_seen_at from staff.sessions where id = ${sessionId}`
    )[0]?.last_seen_at.getTime();
  const before = await seen();
  await readMe({ ...holding(token), background: true });
  expect(await seen()).toBe(before);
  await readMe(holding(token));
  expect(await seen()).toBeGreaterThan(before);
});

test("a new password ends what the old one opened", async () => {
  const { id, email } = await member();
  const { token } = await signIn(from(), email, PASSWORD);
  await setPassword(world.admin, id, "another long password");
  expect(await readMe(holding(token))).toBeNull();
  await expect(signIn(from(), email, PASSWORD)).rejects.toEqual(refused("wrong"));
});

test("neither password, proof, salt nor token rests in the database", async () => {
  const { id, email } = await member();
  const { token } = await signIn(from(), email, PASSWORD);
  const [row] = await world.admin`
    select (select string_agg(e::text, '') from audit.events e) || (select string_agg(s::text, '') from staff.sessions s)
      || (select string_agg(c::text, '') from staff.credentials c where staff_id = ${id}) as everything`;
  expect(row?.everything).not.toContain(token);
  expect(row?.everything).not.toContain(Buffer.from(token).toString("hex"));
  expect(row?.everything).not.toContain(PASSWORD);
});

test("every attempt is an event, refused or not", async () => {
  const { id, email } = await member();
  await signIn(from("192.0.2.9"), email, "something else").catch(() => {});
  await signIn(from("192.0.2.9"), email, PASSWORD);
  const events = (await world.events("sign_in.attempt")).filter((e) => e.ip === "192.0.2.9");
  expect(events).toMatchObject([
    { outcome: "done", actor_id: id },
    { outcome: "denied", actor_id: null, subject_staff_id: id, detail: { code: "wrong" } },
  ]);
});
