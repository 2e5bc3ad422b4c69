import type { LiveEvent } from "../../contracts/live.ts";
import type { MeDto } from "../../contracts/session.ts";
import { draining } from "../../environment/shutdown.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { readMe } from "../staff/readMe.ts";
import { listQueues } from "../triage/listQueues.ts";
import { type Announcement, hear } from "./hub.ts";

const CHECK_MS = 15_000;

/**
 * Server-sent events for one page: what changes in the queues that the actor sees, what concerns them, and the end of
 * their views and of their session. The session is asked for again every quarter of a minute, so a stream never outlives
 * it by more; nor does it keep the process from ending.
 *
 * @throws Refusal `not-signed-in` when the token opens nothing
 */
export async function openStream(actor: Actor, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const quiet = { ...actor, background: true };
  const known = await readMe(quiet);
  if (!known) throw new Refusal("not-signed-in");
  let me = known;
  const queuesOf = async () =>
    new Set(me.roles.some(worksInQueues) ? (await listQueues(quiet)).queues.map((queue) => queue.id) : []);

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
          return;
        }
        const event = eventFor(what, me, queues);
        if (event) send(event);
      };
      const stop = await hear(told);
      const timer = setInterval(async () => {
        // Who cannot be asked about is not said to be gone: the page comes back, and asks then.
        const still = await readMe(quiet).catch(() => "unknown" as const);
        if (still === "unknown") return close();
        if (!still) return end();
        me = still;
        queues = await queuesOf().catch(() => new Set<string>());
        if (!closed) controller.enqueue(encoder.encode(": still here\n\n"));
      }, CHECK_MS);
      let closed = false;
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(timer);
        stop();
        for (const over of [signal, draining()]) over.removeEventListener("abort", close);
        controller.close();
      };
      const end = () => {
        if (closed) return;
        send({ type: "session_ended" });
        close();
      };
      controller.enqueue(encoder.encode("retry: 2000\n\n"));
      for (const over of [signal, draining()]) {
        over.addEventListener("abort", close, { once: true });
        if (over.aborted) close();
      }
    },
    cancel: () => close(),
  });
}

const worksInQueues = (role: string): boolean =>
  ["moderator", "specialist", "lead", "compliance_officer"].includes(role);

/** What of an announcement this page is told: ids of what lies in its person's queues, or concerns them; else nothing. */
function eventFor(
  what: Exclude<Announcement, { type: "session_ended" }>,
  me: MeDto,
  queues: ReadonlySet<string>,
): LiveEvent | null {
  const concerns = (audience: readonly string[]) => me.roles.some((role) => audience.includes(role));
  switch (what.type) {
    case "case_changed":
    case "queue_changed":
      return queues.has(what.queueId) ? what : null;
    case "view_ended":
      return what.sessionId === me.session.id ? { type: what.type, viewId: what.viewId } : null;
    case "request_changed": {
      const answers = queues.has(what.queueId) && concerns(["specialist", "lead", "compliance_officer"]);
      return answers || what.requesterId === me.id ? { type: what.type, requestId: what.requestId } : null;
    }
    case "break_glass":
      return concerns(what.audience)
        ? { type: what.type, breakGlassId: what.breakGlassId, level: what.level }
        : null;
    case "notice":
      return concerns(what.audience) ? { type: what.type, noticeId: what.noticeId } : null;
    case "policy_changed":
      return what;
  }
}
