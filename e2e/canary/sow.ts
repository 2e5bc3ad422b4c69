import type { FlagInput } from "../../contracts/intake.ts";
import { canary } from "../support/canary.ts";
import { exampleFlag, flagAgain } from "../support/flags.ts";
import { makePlatform } from "../support/platform.ts";
import { makePolicy, makeQueue, route } from "../support/queues.ts";
import { canariesOf, type Put } from "./register.ts";

/** A thread that has been delivered, and how to deliver an edit of it. */
export interface SownThread {
  readonly flag: FlagInput;
  readonly caseId: string;
}

/** Queues with threads in which every text holds a canary, delivered through the HTTP intake. */
export interface Sown {
  readonly front: string;
  readonly restricted: string;
  readonly policyId: string;
  readonly platformId: string;
  readonly threads: readonly SownThread[];
  /** A thread of the restricted queue. */
  readonly secret: SownThread;
  readonly register: Put[];
  /** Delivers one more thread to the front queue. */
  deliver(change?: Parameters<typeof exampleFlag>[0]): Promise<SownThread>;
  /** Delivers a thread again with other words in one of its flagged messages. */
  edit(thread: SownThread): Promise<void>;
}

type Message = FlagInput["thread"]["messages"][number];

/** Every kind of message that there is, each with a canary wherever a text may stand. */
function withEverything(flag: FlagInput): FlagInput {
  const { participants, messages } = flag.thread;
  const at = (place: number): Message => messages[place] as Message;
  const pointer = (): NonNullable<Message["attachments"]>[number] => ({
    mediaType: "image/jpeg",
    sizeBytes: 48_213,
    sha256: "0".repeat(64),
    md5: "0".repeat(32),
    perceptualHash: { algorithm: "pdq", value: "f".repeat(64) },
    location: `https://cdn.example.org/${canary()}`,
  });
  const outsider = {
    id: `${flag.thread.id}-silent`,
    handle: `${canary()}@people.example.org`,
    displayName: `Silent ${canary()}`,
  };
  const changed = messages.map((message, place): Message => {
    if (place === 10)
      return { ...message, kind: "media", body: `Caption ${canary()}`, attachments: [pointer(), pointer()] };
    if (place === 11)
      return { ...message, kind: "system", body: `Somebody renamed the thread to ${canary()}.` };
    if (place === 13)
      return { ...message, editedAt: new Date(Date.parse(message.sentAt) + 5_000).toISOString() };
    if (place === 14)
      return { ...message, kind: "shared_video", body: `https://video.example.org/${canary()}` };
    if (place === 15)
      return { ...message, deletedAt: new Date(Date.parse(message.sentAt) + 9_000).toISOString() };
    if (place === 20) return { ...message, attachments: [pointer()] };
    return message;
  });
  at(0);
  return {
    ...flag,
    thread: { ...flag.thread, kind: "group", participants: [...participants, outsider], messages: changed },
  };
}

/** @param name of the queues */
export async function sow(name: string): Promise<Sown> {
  const restricted = await makeQueue(`${name}, restricted`, { restrictedSubject: "child_safety" });
  const front = await makeQueue(name, { escalatesTo: restricted });
  await route("threats", "eu", front);
  await route("self_harm", "eu", restricted);
  const policyId = await makePolicy("threats");
  const platform = await makePlatform();
  const register: Put[] = [];
  const send = async (flag: FlagInput): Promise<SownThread> => {
    register.push(...canariesOf(platform, flag));
    return { flag, caseId: (await platform.deliver(flag)).caseId };
  };
  const deliver: Sown["deliver"] = (change = {}) =>
    send(withEverything(exampleFlag({ category: "threats", ...change })));

  const threads: SownThread[] = [];
  for (let n = 0; n < 5; n++) threads.push(await deliver({ severity: n === 0 ? "critical" : "low" }));
  const secret = await send(withEverything(exampleFlag({ category: "self_harm" })));
  return {
    front,
    restricted,
    policyId,
    platformId: platform.id,
    threads,
    secret,
    register,
    deliver,
    async edit({ flag }) {
      const [flagged] = flag.flaggedMessageIds;
      const messages = flag.thread.messages
        .filter(({ id }) => id === flagged)
        .map((message) => ({ ...message, body: `Edited ${canary()}.`, editedAt: new Date().toISOString() }));
      const again = flagAgain(flag, {
        source: "classifier",
        reporter: null,
        detector: { name: "example-detector", version: "1" },
        thread: { ...flag.thread, messages },
      });
      // The people are the same; the edited message is another revision.
      register.push(...canariesOf(platform, again, 2).filter(({ what }) => what === "body"));
      await platform.deliver(again);
    },
  };
}
