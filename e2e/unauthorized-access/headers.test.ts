import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { call } from "../support/http.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { target } from "../target.ts";
import { FORGED, fromElsewhere, OTHER_ADDRESS, OTHER_METHOD } from "./forgedHeaders.ts";
import { type Bearer, makeScene, type Scene } from "./scene.ts";
import { shareOf } from "./shareOf.ts";
import { STAFF_ROUTES } from "./staffRoutes.ts";

/** Acts of reading that leave a file or an event behind. */
const LEAVE_SOMETHING = [
  "audit.exported",
  "cybertip.receipt_exported",
  "cybertip.proof_read",
  "cybertip.prior_read",
  "legal.packet_compared",
];

let scene: Scene;
/** Of no role that any route with a wrong role knows. */
let counsel: Bearer;
test.beforeAll(async () => {
  scene = await makeScene();
  counsel = await scene.bearer(["legal_counsel"]);
});

/** Everything that these people have done so far. What a refused call changed would show in it. */
async function doneBy(...people: Bearer[]): Promise<unknown> {
  const [row] = await admin()`
    select count(*)::int as events from audit.events
     where outcome = 'done' and actor_id = any (${people.map(({ member }) => member.id)})`;
  return row;
}

for (const [
  place,
  { method, route, action, roles, others = "wrong-role", right: role, status, arrange },
] of STAFF_ROUTES.entries()) {
  test(`${method} ${route} is not talked open by any header`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const before = await doneBy(right, counsel);
    const tricks = shareOf(
      [...FORGED, OTHER_ADDRESS, { authorization: `Bearer ${scene.platform.key}` }],
      place,
    );
    const refusals = await Promise.all(
      tricks.flatMap((headers): Promise<Refused>[] => {
        const who = JSON.stringify(headers).slice(0, 120);
        const sent = { headers, body: aim.body };
        const nobody = call(method, aim.path, sent).then(
          (answer): Refused => ({ who, answer, code: "not-signed-in", action, staffId: null }),
        );
        if (roles.includes("legal_counsel") || "x-middleware-override-headers" in headers) return [nobody];
        const wrong = call(method, aim.path, { ...sent, cookie: counsel.cookie }).then(
          (answer): Refused => ({ who, answer, code: others, action, staffId: counsel.member.id }),
        );
        return [nobody, wrong];
      }),
    );
    await expectRefusedAndAudited(refusals);
    expect(await doneBy(right, counsel)).toEqual(before);
    const answer = await call(method, aim.path, { cookie: right.cookie, body: aim.body });
    expect(answer.status).toBe(status);
  });
}

for (const [place, { method, route, action, right: role, status, arrange }] of STAFF_ROUTES.entries()) {
  // Reading is no harm from elsewhere, since the page there cannot see the answer; but some of it leaves something behind.
  if (method === "GET" && !LEAVE_SOMETHING.includes(action)) continue;
  test(`${method} ${route} is refused when another site makes the browser send it`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const before = await doneBy(right, counsel);
    const { host } = new URL(target().baseUrl);
    const refusals: Refused[] = [];
    for (const headers of shareOf(fromElsewhere(host), place)) {
      const answer = await call(method, aim.path, { headers, body: aim.body, cookie: right.cookie });
      refusals.push({
        who: JSON.stringify(headers),
        answer,
        code: "cross-origin",
        action,
        staffId: right.member.id,
      });
    }
    await expectRefusedAndAudited(refusals);
    expect(await doneBy(right, counsel)).toEqual(before);
    const own = { origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    const answer = await call(method, aim.path, { headers: own, body: aim.body, cookie: right.cookie });
    expect(answer.status).toBe(status);
  });
}

for (const [place, { method, route, action, right: role, status, arrange }] of STAFF_ROUTES.entries()) {
  test(`${method} ${route} takes no other method for itself`, async () => {
    const right = await scene.bearer([role]);
    const aim = await arrange(scene, right);
    const before = await doneBy(right, counsel);
    const listed = STAFF_ROUTES.filter((one) => one.route === route).map((one) => one.method as string);
    const wrong = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !listed.includes(one));
    for (const other of wrong) {
      for (const override of [undefined, ...shareOf(OTHER_METHOD, place)]) {
        const headers: Record<string, string> = override ? { [override]: method } : {};
        const sent = { headers, cookie: right.cookie, body: other === "GET" ? undefined : (aim.body ?? {}) };
        const answer = await call(other, aim.path, sent);
        expect.soft({ other, override, status: answer.status }).toEqual({ other, override, status: 405 });
        expect.soft(answer.text).toBe("");
      }
      const inQuery = `${aim.path}${aim.path.includes("?") ? "&" : "?"}_method=${method}`;
      expect.soft((await call(other, inQuery, { cookie: right.cookie })).status).toBe(405);
    }
    expect(await doneBy(right, counsel)).toEqual(before);

    // HEAD is GET without its body: the same gate, the same record.
    if (method === "GET") {
      const answer = await call("HEAD", aim.path);
      expect(answer.status).toBe(401);
      const events = await admin()`
        select action, outcome, detail ->> 'code' as code from audit.events where request_id = ${answer.requestId}`;
      expect(events).toEqual([{ action, outcome: "denied", code: "not-signed-in" }]);
    }
    const answer = await call(method, aim.path, { cookie: right.cookie, body: aim.body });
    expect(answer.status).toBe(status);
  });
}

test("no answer lets another origin read it", async () => {
  const headers = { origin: "https://evil.example.org", "access-control-request-method": "POST" };
  for (const { route } of STAFF_ROUTES) {
    const path = route.replace("[id]", scene.queue);
    for (const method of ["OPTIONS", "GET"]) {
      const answer = await call(method, path, { headers, cookie: counsel.cookie });
      const allowed = Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"));
      expect.soft({ method, path, allowed }).toEqual({ method, path, allowed: [] });
      expect.soft(answer.headers["cross-origin-resource-policy"], path).toBe("same-origin");
    }
  }
});
