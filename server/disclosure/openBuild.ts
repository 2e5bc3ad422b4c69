import { setTimeout as sleep } from "node:timers/promises";
import { TYPE_RULES } from "../../domain/legal/requestTypes.ts";
import type { RequestType } from "../../domain/legal/vocabulary.ts";
import { batesNumber } from "../../domain/packet/bates.ts";
import { type FrozenFacts, frozenFacts } from "../../domain/packet/build/frozenFacts.ts";
import { OUR_WORDS } from "../../domain/packet/build/ourWords.ts";
import { Staff } from "../../domain/packet/build/staff.ts";
import { conversationName } from "../../domain/packet/layout.ts";
import type { PacketConversation, PacketParticipant } from "../../domain/packet/model.ts";
import { idWithoutNames, withoutNames } from "../../domain/packet/prepare.ts";
import { makeRedactor, type Redactor, type ThirdParty } from "../../domain/packet/redact/redactor.ts";
import { findSurvivors, type Survivors } from "../../domain/packet/redact/survivors.ts";
import type { BuildLease, BuildLedger } from "../legal/productions/ledgerStore.ts";
import { keepKey } from "../legal/productions/ledgerStore.ts";
import { NotSignedYet } from "../legal/productions/stuck.ts";
import { openBoxes } from "./openBoxes.ts";
import { BuildReader, type OpenedPerson, type SealedWhole } from "./readBuild.ts";
import { newPieceSealer, type PieceSealer } from "./sealPieces.ts";

/** How long the log has to give the last event its place. */
const PLACED_WITHIN_MS = 20_000;
const LOOK_MS = 100;

/** One thread of the collection, with how the packet calls it. */
export interface BuildThread {
  readonly n: number;
  readonly threadId: string;
  readonly conversation: PacketConversation;
  readonly setAside: SealedWhole["threads"][number]["setAside"];
  /** From where its attachments are fetched. */
  readonly source: unknown;
  /** Ids of participants within the packet, by ours. */
  readonly senders: ReadonlyMap<string, string>;
}

/** Everything that holds for a whole packet while it is built. */
export interface Build {
  readonly lease: BuildLease;
  readonly ledger: BuildLedger;
  readonly frozen: FrozenFacts;
  readonly reader: BuildReader;
  readonly sealer: PieceSealer;
  readonly threads: readonly BuildThread[];
  readonly accounts: SealedWhole["accounts"];
  readonly custody: SealedWhole["custody"];
  readonly redactor: Redactor;
  readonly survivors: Survivors;
  readonly staff: Staff;
  /** The n-th record's number in words. */
  bates(n: number): string;
  /** A text that somebody of ours wrote, as it may be produced. */
  told(text: string): string;
  /** Breaks the build off: at the next step nothing more is read or written. */
  readonly signal: AbortSignal;
}

/**
 * Opens what a packet is built from: who takes part and how they are called, what is taken out, and what must be found nowhere.
 *
 * @param readingId a reading that this build has committed before; without one, another is committed
 * @throws what `BuildReader` throws
 */
export async function openBuild(
  lease: BuildLease,
  ledger: BuildLedger,
  signal: AbortSignal,
  readingId: string | null = null,
): Promise<Build> {
  const reader = readingId === null ? await BuildReader.open(lease) : BuildReader.under(lease, readingId);
  const whole = await placed(reader, signal);
  const frozen = frozenFacts.parse(ledger.facts);
  const sealer = await newPieceSealer(lease.productionId);
  await keepKey(lease, sealer);

  const sources = new Map(whole.sources.map(({ platformId, source }) => [platformId, source]));
  const { categories } = ledger;
  const withNames = categories.includes("subscriber") || categories.includes("content");
  const accounts = new Map(frozen.asked.accounts.map((account, i) => [account, `A${i + 1}`]));
  let numbered = frozen.asked.accounts.length;
  const third = new Map<string, { label: string; names: Set<string>; ids: Set<string> }>();
  const named = new Set<string>(frozen.asked.accounts);
  const opened: { thread: SealedWhole["threads"][number]; people: OpenedPerson[] }[] = [];
  for (const thread of whole.threads) {
    signal.throwIfAborted();
    const people = await reader.people(thread.threadId);
    for (const person of people) {
      const shown = [person.handle, person.displayName].filter((name) => name !== null);
      const names = [...shown, ...person.aliases];
      // Named by the request, and collected with another of its accounts.
      if (person.namedBy === "request" && !accounts.has(person.accountId))
        accounts.set(person.accountId, `A${++numbered}`);
      // What the packet says, and no other name that they had: that may be what a third party is called.
      if (person.namedBy !== null)
        for (const name of [person.accountId, ...(withNames ? shown : [])]) named.add(name);
      else {
        const { id, label } = calledFor(person, accounts);
        const one = third.get(id) ?? { label, names: new Set(), ids: new Set() };
        for (const name of names) one.names.add(name);
        one.ids.add(person.accountId);
        third.set(id, one);
      }
    }
    opened.push({ thread, people });
  }
  const words = await openBoxes(whole.requestId, whole.ruleKeys);
  const rules = whole.rules.map(({ id, kind, reason, keyId, words: box }) => ({
    kind,
    reason,
    words: keyId && box ? words(keyId, { of: "legal-rule", id }, box) : null,
  }));
  const parties: ThirdParty[] = [...third.values()].map(({ label, names, ids }) => ({
    label,
    names: [...names],
    ids: [...ids],
  }));
  // What somebody of ours wrote holds neither names nor words that a rule takes out: not even another rule's reason.
  const literals = rules.filter(({ kind }) => kind === "literal");
  const said = makeRedactor(
    literals.map((rule) => ({ ...rule, reason: "withheld" })),
    parties,
    named,
  );
  const told = (text: string) => withoutNames(text, said).text;
  const redactor = makeRedactor(
    rules.map((rule) => ({ ...rule, reason: told(rule.reason) })),
    parties,
    named,
  );
  const literal = literals.flatMap(({ words: sought }) => (sought ? [sought] : []));

  const threads = opened.map(({ thread, people }): BuildThread => {
    const participants = people.map((one) => participantOf(one, accounts, withNames));
    return {
      n: thread.n,
      threadId: thread.threadId,
      setAside: thread.setAside,
      source: sources.get(thread.platformId) ?? null,
      senders: new Map(people.map((one, i) => [one.id, participants[i]?.id ?? ""])),
      conversation: {
        id: conversationName(thread.n),
        threadId: idWithoutNames(thread.platformThreadId, redactor),
        platform: thread.platform,
        kind: thread.kind,
        participants: [...new Map(participants.map((one) => [one.id, one])).values()],
      },
    };
  });
  return {
    lease,
    ledger,
    frozen,
    reader,
    sealer,
    threads,
    accounts: whole.accounts,
    custody: whole.custody,
    redactor,
    survivors: findSurvivors(
      redactor,
      literal,
      `${OUR_WORDS} ${JSON.stringify(ledger.facts)} ${typeWords(frozen)}`,
    ),
    staff: new Staff(whole.custody, frozen.people),
    bates: (n) => batesNumber(ledger.prefix, ledger.firstNumber + n),
    told,
    signal,
  };
}

/**
 * Everything, once all that the custody record tells has its place in the log: a record that is drawn up again says the same.
 *
 * @throws NotSignedYet when the log does not come to it
 */
async function placed(reader: BuildReader, signal: AbortSignal): Promise<SealedWhole> {
  for (const end = Date.now() + PLACED_WITHIN_MS; ; ) {
    const whole = await reader.whole();
    if (whole.custody.every(({ logIndex }) => logIndex !== null)) return whole;
    if (Date.now() > end) throw new NotSignedYet();
    await sleep(LOOK_MS, undefined, { signal });
  }
}

/** A request's type in words. */
export function typeWords({ request }: FrozenFacts): string {
  return TYPE_RULES[request.type as RequestType]?.title ?? request.type;
}

function calledFor(
  { number, accountId, namedBy }: OpenedPerson,
  accounts: ReadonlyMap<string, string>,
): { id: string; label: string } {
  if (namedBy === "request") return { id: accounts.get(accountId) ?? "A0", label: accountId };
  // Whoever has no number was named by the request when it was collected; a packet never shows a place without one.
  const id = `P${number ?? 0}`;
  return { id, label: namedBy === "counsel" ? accountId : `Participant ${number ?? 0}` };
}

/** @param withNames whether the categories cover handles and names: traffic is who, to whom and when, by account alone */
function participantOf(
  person: OpenedPerson,
  accounts: ReadonlyMap<string, string>,
  withNames: boolean,
): PacketParticipant {
  const named = person.namedBy !== null;
  return {
    ...calledFor(person, accounts),
    named,
    target: person.namedBy === "request",
    accountId: named ? person.accountId : null,
    handle: named && withNames ? person.handle : null,
    displayName: named && withNames ? person.displayName : null,
  };
}
