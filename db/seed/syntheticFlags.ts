import { createHash } from "node:crypto";
import type { FlagInput } from "../../contracts/intake.ts";
import {
  type AgeBand,
  CATEGORIES,
  type Category,
  PLATFORM_SOURCES,
  REGIONS,
  type Region,
  SEVERITIES,
} from "../../domain/vocabulary.ts";
import { DETECTORS, GIVEN_NAMES, LONG_TEXT, ODDITIES, REPORTER_WORDS, SMALL_TALK } from "./phrases.ts";
import { PLACEHOLDER_KINDS, placeholderFile } from "./placeholderFile.ts";
import { type Random, seededRandom } from "./random.ts";

export interface SyntheticOptions {
  /** The same seed makes the same flags. */
  readonly seed: number;
  readonly threads: number;
  /** Milliseconds since the epoch: messages end shortly before it. */
  readonly now: number;
  /** Messages of a thread; left out, threads are short and long as it comes. */
  readonly messages?: number;
  /** Share of the threads that a second flag comes for. */
  readonly secondFlags?: number;
  /** Begins every id, so that two sets do not meet. */
  readonly prefix?: string;
  readonly regions?: readonly Region[];
  readonly categories?: readonly Category[];
  /** Where the platform keeps its files; a reserved name unless told. */
  readonly filesOrigin?: string;
}

/**
 * Made-up flags with made-up threads: harmless text, people who do not exist, addresses on reserved domains (RFC 2606).
 * For the demo, benchmarks and tests.
 */
export function* syntheticFlags(options: SyntheticOptions): Generator<FlagInput> {
  const random = seededRandom(options.seed);
  for (let n = 1; n <= options.threads; n++) {
    const flag = firstFlag(random, n, options);
    yield flag;
    if (random.chance(options.secondFlags ?? 0)) yield secondFlag(random, flag);
  }
}

type Draft = FlagInput["thread"];
type Message = Draft["messages"][number];

function firstFlag(random: Random, n: number, options: SyntheticOptions): FlagInput {
  const prefix = options.prefix ?? "s";
  const category = random.pick(options.categories ?? CATEGORIES);
  const group = random.chance(0.2);
  const participants = Array.from({ length: group ? random.whole(3, 12) : 2 }, (_, i) =>
    person(random, `${prefix}-p-${n}-${i + 1}`, category),
  );
  const count = options.messages ?? random.pick([2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 60]);
  const messages = talk(random, `${prefix}-m-${n}`, participants, count, options, category);
  const flagged = Array.from({ length: Math.min(count, random.pick([1, 1, 1, 2, 3])) }, () =>
    random.whole(0, count - 1),
  );
  const source = random.pick(PLATFORM_SOURCES);
  const byPerson = source === "user_report" || source === "trusted_flagger";
  return {
    id: `${prefix}-flag-${n}`,
    source,
    category,
    severity: random.pick([...SEVERITIES, "low", "medium", "medium"] as const),
    confidence: byPerson ? null : Math.round(random.next() * 1000) / 1000,
    raisedAt: new Date(options.now - random.whole(0, 3600) * 1000).toISOString(),
    reporter: byPerson ? reporter(random, participants, n) : null,
    detector: byPerson ? null : random.pick(DETECTORS),
    flaggedMessageIds: [...new Set(flagged)].sort((a, b) => a - b).map((i) => (messages[i] as Message).id),
    thread: {
      id: `${prefix}-thread-${n}`,
      kind: group ? "group" : "direct",
      region: random.pick(options.regions ?? REGIONS),
      participants,
      messages,
    },
  };
}

/** Another source on the same thread, with one more message. */
function secondFlag(random: Random, first: FlagInput): FlagInput {
  const last = first.thread.messages.at(-1) as Message;
  const added: Message = {
    id: `${last.id}-later`,
    senderId: last.senderId,
    sentAt: new Date(Date.parse(last.sentAt) + 1000).toISOString(),
    kind: "text",
    body: "One more placeholder message, delivered with the second flag.",
  };
  return {
    ...first,
    id: `${first.id}-again`,
    source: "classifier",
    severity: random.pick(SEVERITIES),
    confidence: 0.75,
    reporter: null,
    detector: DETECTORS[0] ?? null,
    flaggedMessageIds: [added.id],
    thread: { ...first.thread, messages: [...first.thread.messages.slice(-5), added] },
  };
}

function person(random: Random, id: string, category: Category): Draft["participants"][number] {
  const name = random.pick(GIVEN_NAMES);
  const number = random.whole(1, 9999);
  const bands: AgeBand[] =
    category === "child_safety" || category === "self_harm"
      ? ["minor", "adult", "unknown"]
      : ["adult", "adult", "adult", "unknown", "minor"];
  return {
    id,
    handle: `${name.toLowerCase()}_${number}@people.example.org`,
    displayName: random.chance(0.05) ? `${name} \u202Eelpmaxe\u202C` : `${name} Example`,
    ageBand: random.pick(bands),
    accountAgeDays: random.chance(0.9) ? random.whole(0, 3000) : null,
    country: random.chance(0.8)
      ? random.pick(["IE", "DE", "FR", "GB", "US", "BR", "JP", "IN", "NG", "EG"])
      : null,
  };
}

function reporter(
  random: Random,
  participants: readonly { id: string }[],
  n: number,
): NonNullable<FlagInput["reporter"]> {
  const words = random.chance(0.8) ? random.pick(REPORTER_WORDS) : null;
  return random.chance(0.8)
    ? { participantId: random.pick(participants).id, words }
    : { accountId: `outside-account-${n}`, words };
}

function talk(
  random: Random,
  prefix: string,
  participants: readonly { id: string }[],
  count: number,
  { now, filesOrigin = "https://cdn.example.org" }: Pick<SyntheticOptions, "now" | "filesOrigin">,
  category: Category,
): Message[] {
  const phrases = random.pick(SMALL_TALK);
  const start = now - random.whole(1, 14 * 24) * 3_600_000 - count * 60_000;
  return Array.from({ length: count }, (_, i) => {
    const sentAt = start + i * 60_000 + random.whole(0, 59) * 1000;
    const message: Message = {
      id: `${prefix}-${i + 1}`,
      senderId: random.pick(participants).id,
      sentAt: new Date(sentAt).toISOString(),
      kind: "text",
      body: body(random, phrases, i + 1, category),
    };
    const turn = random.next();
    if (turn < 0.06) return withMedia(random, message, filesOrigin);
    if (turn < 0.08)
      return { ...message, kind: "shared_video", body: "https://video.example.org/placeholder" };
    if (turn < 0.1) return { ...message, kind: "system", body: "Somebody changed the name of this thread." };
    if (turn < 0.14) return { ...message, editedAt: new Date(sentAt + 30_000).toISOString() };
    if (turn < 0.17) return { ...message, body: null, deletedAt: new Date(sentAt + 45_000).toISOString() };
    return message;
  });
}

function body(random: Random, phrases: readonly string[], n: number, category: Category): string {
  const turn = random.next();
  if (turn < 0.05) return random.pick(ODDITIES);
  if (turn < 0.06) return LONG_TEXT;
  if (turn < 0.3) return `Placeholder message ${n} of a thread flagged for ${category.replaceAll("_", " ")}.`;
  return random.pick(phrases).replace("{n}", String(n));
}

function withMedia(random: Random, message: Message, origin: string): Message {
  const digest = (bytes: number) =>
    Array.from({ length: bytes }, () => random.whole(0, 255).toString(16).padStart(2, "0")).join("");
  const count = random.whole(1, 3);
  return {
    ...message,
    kind: "media",
    body: random.chance(0.5) ? message.body : null,
    attachments: Array.from({ length: count }, (_, i) => {
      const ending = random.pick(["png", "png", "mp4", "ogg"] as const);
      const path = `/placeholder/${message.id}/${i + 1}.${ending}`;
      const file = placeholderFile(path) ?? Buffer.alloc(0);
      const hash = (name: string) => createHash(name).update(file).digest("hex");
      return {
        mediaType: PLACEHOLDER_KINDS[ending],
        sizeBytes: file.length,
        md5: hash("md5"),
        sha256: hash("sha256"),
        perceptualHash: random.chance(0.7) ? { algorithm: "pdq", value: digest(32) } : null,
        location: `${origin}${path}`,
      };
    }),
  };
}
