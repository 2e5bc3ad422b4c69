import { expect, test } from "@playwright/test";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import { call } from "../support/http.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { type Bearer, makeScene, type Scene } from "./scene.ts";
import { STAFF_ROUTES } from "./staffRoutes.ts";

let scene: Scene;
/** One of each role, all of them members of the queue with its region: the role alone decides. */
const everybody = new Map<Role, Bearer>();
test.beforeAll(async () => {
  scene = await makeScene();
  for (const role of ROLES) everybody.set(role, await scene.bearer([role]));
});

for (const entry of STAFF_ROUTES) {
  const { method, route, action, roles, others = "wrong-role", right: role, status, arrange } = entry;
  const wrong = ROLES.filter((one) => !roles.includes(one));
  if (wrong.length === 0) continue;
  test(`${method} ${route} is closed to ${wrong.join(", ")}`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const refusals: Refused[] = [];
    for (const one of wrong) {
      const { member, cookie } = everybody.get(one) as Bearer;
      const answer = await call(method, aim.path, { cookie, body: aim.body });
      refusals.push({ who: one, answer, code: others, action, staffId: member.id });
    }
    await expectRefusedAndAudited(refusals);
    const answer = await call(method, aim.path, { cookie: right.cookie, body: aim.body });
    expect(answer.status).toBe(status);
  });
}

test("every role is refused something, and no role is refused everything", () => {
  for (const role of ROLES) {
    const may = STAFF_ROUTES.filter(({ roles }) => roles.includes(role)).length;
    expect(may, role).toBeGreaterThan(0);
    expect(may, role).toBeLessThan(STAFF_ROUTES.length);
  }
});
