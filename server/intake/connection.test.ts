import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FlagInput } from "../../contracts/intake.ts";
import { aFlag, type Door, openDoor } from "./test/door.ts";
import { serveIntake } from "./test/serve.ts";

let door: Door;
let served: Awaited<ReturnType<typeof serveIntake>>;
beforeAll(async () => {
  door = await openDoor();
  served = await serveIntake();
});
afterAll(async () => {
  await served.close();
  await door.close();
});

/** A connection on which a stream of flags has begun. */
function begin(headers = "") {
  const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    `POST /api/intake/v1/flags HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${door.key}\r\n` +
      `content-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n${headers}\r\n`,
  );
  let answered = "";
  return {
    socket,
    send: (text: string) => socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`),
    /** Waits until the answer holds a text. */
    async until(text: string) {
      if (socket.listenerCount("data") === 0)
        socket.on("data", (chunk) => {
          answered += chunk;
        });
      await expect.poll(() => answered).toContain(text);
      return answered;
    },
  };
}
const lineOf = (flag: FlagInput) => `${JSON.stringify(flag)}\n`;
const isTaken = async (flag: FlagInput) =>
  (await door.admin`select 1 from triage.flags where platform_flag_id = ${flag.id}`).length === 1;

test("a connection that is cut in the middle of a line keeps what was answered and nothing of the piece", async () => {
  const [whole, cut] = [aFlag(), aFlag()];
  const { socket, send, until } = begin();
  send(lineOf(whole) + lineOf(cut).slice(0, -10));
  await until(`"id":"${whole.id}"`);
  socket.destroy();
  await sleep(300);
  expect([await isTaken(whole), await isTaken(cut)]).toEqual([true, false]);
  // The sender comes back with all of it.
  const { summary } = await door.sendLines([whole, cut]);
  expect(summary).toMatchObject({ accepted: 2, complete: true });
});

test("a sender that never reads blocks neither others nor the server, and its place comes back", async () => {
  const { socket, send } = begin();
  socket.pause();
  const line = lineOf(aFlag());
  let sent = 0;
  const more = () => {
    while (sent < 200_000 && send(line)) sent++;
    if (sent < 200_000) socket.once("drain", more);
  };
  more();
  await sleep(1_500);
  const stuck = sent;
  expect((await door.sendLines([aFlag()])).summary.complete).toBe(true);
  expect(stuck).toBeLessThan(200_000);
  socket.destroy();
  await expect
    .poll(
      async () => {
        const all = await Promise.all(Array.from({ length: 8 }, () => door.sendLines([aFlag()])));
        return all.every(({ summary }) => summary.complete);
      },
      { timeout: 30_000 },
    )
    .toBe(true);
});

test("a refused sender that goes on sending still reads why", async () => {
  const { socket, send, until } = begin("content-encoding: gzip\r\n");
  for (let i = 0; i < 200; i++) {
    send("this is no gzip at all ".repeat(1_000));
    await sleep(1);
  }
  expect(await until("complete")).toContain('"code":"gzip-broken"');
  socket.destroy();
});
