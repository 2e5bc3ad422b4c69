import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld, type Person, type World } from "../test/world.ts";
import { noContent, route } from "./route.ts";

let world: World;
let officer: Person;
beforeAll(async () => {
  world = await makeWorld();
  officer = await world.person(["compliance_officer"], { queues: [] });
});
afterAll(() => world.end());

const ABOUT = { action: "audit.exported", route: "/api/example" };

/** Asks a handler as a browser does that is made to by a page of `site`. */
function asked(about: Parameters<typeof route>[0], site: string): Promise<Response> {
  const headers = { cookie: `unseal-session=${officer.actor.token}`, "sec-fetch-site": site };
  const request = new Request("http://console.example.org/api/example", { headers });
  return route(about, async () => noContent())(request, { params: Promise.resolve({}) });
}

test("a reading that leaves something behind is refused from another site, and the refusal is recorded", async () => {
  expect((await asked({ ...ABOUT, leavesSomething: true }, "same-origin")).status).toBe(204);
  expect((await asked({ ...ABOUT, leavesSomething: true }, "cross-site")).status).toBe(403);
  const [event] = await world.events("audit.exported");
  expect(event).toMatchObject({
    actor_id: officer.id,
    outcome: "denied",
    detail: expect.objectContaining({ code: "cross-origin" }),
  });
});

test("any other reading is answered: the page there cannot see it", async () => {
  expect((await asked(ABOUT, "cross-site")).status).toBe(204);
});
