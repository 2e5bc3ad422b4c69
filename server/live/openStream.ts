import type { LiveEvent } from "../../contracts/live.ts";
import { onShutdown } from "../../environment/shutdown.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { readMe } from "../staff/readMe.ts";
import { listQueues } from "../triage/listQueues.ts";
import { type Announcement, hear } from "./hub.ts";

const CHECK_MS = 15_000;

/**
 * Server-sent events for one page: what changes in the queues that the actor sees, and the end of their session. The
 * session is asked for again every quarter of a minute, so a stream never outlives it by more.
 *
 * @throws Refusal `not-signed-in` when the token opens nothing
 */
export async function openStream(actor: Actor, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const quiet = { ...actor, background: true };
  const me = await readMe(quiet);
  if (!me) throw new Refusal("not-signed-in");
  const triages = me.roles.some((role) =>
    ["moderator", "specialist", "lead", "compliance_officer"].includes(role),
  );
  const queuesOf = async () =>
    new Set(triages ? (await listQueues(quiet)).queues.map((queue) => queue.id) : []);

  let queues = await queuesOf();
  let close = () => {};
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (event: LiveEvent) =>
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      const told = (what: Announcement) => {
        if (what.type === "session_ended") {
          if (what.sessionId === me.session.id) end();
        } else if (queues.has(what.queueId)) send(what);
      };
      const stop = await hear(told);
      const timer = setInterval(async () => {
        const still = await readMe(quiet).catch(() => null);
        if (!still) return end();
        queues = await queuesOf().catch(() => new Set<string>());
        if (!closed) controller.enqueue(encoder.encode(": still here\n\n"));
      }, CHECK_MS);
      let closed = false;
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(timer);
        stop();
        controller.close();
      };
      const end = () => {
        if (closed) return;
        send({ type: "session_ended" });
        close();
      };
      signal.addEventListener("abort", () => close(), { once: true });
      onShutdown(async () => close());
      controller.enqueue(encoder.encode("retry: 2000\n\n"));
    },
    cancel: () => close(),
  });
}
