import { expect, test } from "@playwright/test";
import type { Role } from "../../domain/vocabulary.ts";
import { call } from "../support/http.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { type DeadSession, makeDeadSessions } from "./deadSessions.ts";
import { makeScene, type Scene } from "./scene.ts";
import { STAFF_ROUTES } from "./staffRoutes.ts";

let scene: Scene;
const dead = new Map<Role, readonly DeadSession[]>();
test.beforeAll(async () => {
  scene = await makeScene();
  for (const role of new Set(STAFF_ROUTES.map(({ right }) => right))) {
    dead.set(role, await makeDeadSessions(scene, role));
  }
});

for (const { method, route, action, right: role, status, arrange } of STAFF_ROUTES) {
  test(`${method} ${route} is closed to every session that is no session`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const refusals = await Promise.all(
      (dead.get(role) ?? []).map(async ({ who, cookie }): Promise<Refused> => {
        const answer = await call(method, aim.path, { cookie, body: aim.body });
        return { who, answer, code: "not-signed-in", action, staffId: null };
      }),
    );
    expect(refusals.length).toBeGreaterThan(10);
    await expectRefusedAndAudited(refusals);
    // The very same call, by the one whom it belongs to: what was refused above was not the form of the call.
    const answer = await call(method, aim.path, { cookie: right.cookie, body: aim.body });
    expect(answer.status).toBe(status);
    expect(answer.headers["cache-control"]).toContain("no-store");
  });
}
