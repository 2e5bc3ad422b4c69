import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeWorld, type World } from "../test/world.ts";
import { requestAccess } from "./requestAccess.ts";
import { ask, refused, stageOf } from "./test/stage.ts";

let world: World;
let server: Server;
let asked = 0;
let answers: Record<string, { status: number; body: string } | "hang">;
beforeAll(async () => {
  world = await makeWorld();
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => {
      asked += 1;
      const answer = answers[JSON.parse(text).ticket] ?? { status: 200, body: '{"known":false}' };
      if (answer !== "hang") response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  process.env.UNSEAL_TICKET_WEBHOOK = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.env.UNSEAL_TICKET_WEBHOOK_PRIVATE = "on";
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.end();
});

test("a ticket that the ticket system does not know, or cannot speak for, opens nothing", async () => {
  answers = {
    "TRUST-1": { status: 200, body: '{"known":true}' },
    "TRUST-2": { status: 500, body: "" },
    "TRUST-3": { status: 200, body: "known" },
    "TRUST-4": { status: 200, body: '{"known":"true"}' },
    "TRUST-5": "hang",
  };
  const stage = stageOf(world);
  const [by, found] = await Promise.all([stage.specialist(), stage.decided()]);
  const request = (ticket: string) => requestAccess(by.actor, found.id, ask({ ticket }));
  await expect(request("TRUST-9")).rejects.toEqual(refused("ticket-unknown"));
  for (const ticket of ["TRUST-2", "TRUST-3", "TRUST-4", "TRUST-5"])
    await expect(request(ticket), ticket).rejects.toEqual(refused("ticket-check-failed"));
  const [row] = await world.admin`select count(*)::int as n from access.grants where case_id = ${found.id}`;
  expect(row?.n).toBe(0);
  expect(await request("TRUST-1")).toMatchObject({ state: "granted" });
});

test("which tickets there are is not told to somebody who is not signed in", async () => {
  answers = { "TRUST-1": { status: 200, body: '{"known":true}' } };
  const [by, found] = await Promise.all([stageOf(world).specialist(), world.case()]);
  const before = asked;
  for (const token of [null, "made-up", `${by.actor.token}x`])
    for (const ticket of ["TRUST-1", "TRUST-9"])
      await expect(requestAccess({ ...by.actor, token }, found.id, ask({ ticket }))).rejects.toEqual(
        refused("not-signed-in"),
      );
  expect(asked).toBe(before);
});
