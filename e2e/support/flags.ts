import { randomBytes } from "node:crypto";
import type { FlagInput } from "../../contracts/intake.ts";
import type { Category, Region } from "../../domain/vocabulary.ts";
import { canary } from "./canary.ts";

interface FlagOptions {
  readonly category?: Category;
  readonly region?: Region;
  readonly source?: FlagInput["source"];
  readonly severity?: FlagInput["severity"];
  readonly messages?: number;
  /** Places in the thread, counted from 0. */
  readonly flagged?: readonly number[];
}

type Message = FlagInput["thread"]["messages"][number];

/** A flag on a made-up thread in which every text holds a canary of its own. */
export function exampleFlag({
  category = "harassment",
  region = "eu",
  source = "user_report",
  severity = "medium",
  messages = 24,
  flagged = [12],
}: FlagOptions = {}): FlagInput {
  const tag = randomBytes(5).toString("hex");
  const start = Date.now() - messages * 60_000 - 3_600_000;
  const bodies = Array.from(
    { length: messages },
    (_, i): Message => ({
      id: `${tag}-m${i + 1}`,
      senderId: `${tag}-p${(i % 2) + 1}`,
      sentAt: new Date(start + i * 60_000).toISOString(),
      kind: "text",
      body: `Placeholder message ${i + 1} ${canary()}.`,
    }),
  );
  return {
    id: `${tag}-flag`,
    source,
    category,
    severity,
    reporter: { participantId: `${tag}-p1`, words: `Placeholder words ${canary()}.` },
    flaggedMessageIds: flagged.map((place) => bodies[place]?.id ?? ""),
    thread: {
      id: `${tag}-thread`,
      kind: "direct",
      region,
      participants: [1, 2].map((n) => ({
        id: `${tag}-p${n}`,
        handle: `${canary()}@people.example.org`,
        displayName: `Example ${canary()}`,
        ageBand: "adult",
      })),
      messages: bodies,
    },
  };
}

/** A second flag on the same thread: another signal, no new message. */
export function flagAgain(first: FlagInput, change: Partial<FlagInput> = {}): FlagInput {
  return { ...first, id: `${first.id}-${randomBytes(3).toString("hex")}`, ...change };
}
