import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readCollectionSealed } from "../../db/content-client.ts";
import { WITHHELD_KINDS } from "../../domain/legal/collectionWords.ts";
import { makeRedactor, type Redactor } from "../../domain/packet/redact/redactor.ts";
import { RULE_KINDS } from "../../domain/packet/redact/shapes.ts";
import { MESSAGE_KINDS } from "../../domain/vocabulary.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { base64, type OpenBox, openBoxes, sealedKeys } from "./openBoxes.ts";

const sealedPage = z.object({
  ok: z.literal(true),
  viewId: z.string(),
  collectionId: z.string(),
  requestId: z.string(),
  threadId: z.string(),
  expiresAt: z.string(),
  bodies: z.boolean(),
  nextAfter: z.string().nullable(),
  messages: z.array(
    z.object({
      id: z.string(),
      senderId: z.string(),
      sentAt: z.string(),
      kind: z.enum(MESSAGE_KINDS),
      revisions: z.array(
        z.object({
          revision: z.number(),
          editedAt: z.string().nullable(),
          deletedAt: z.string().nullable(),
          keyId: z.string(),
          body: base64.nullable(),
          attachments: z
            .array(z.object({ ordinal: z.number(), mediaType: z.string(), sizeBytes: z.number() }))
            .nullable(),
        }),
      ),
    }),
  ),
  participants: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      namedBy: z.enum(["request", "counsel"]).nullable(),
      number: z.number().nullable(),
      keyId: z.string(),
      /** Null where the category covers no names. */
      identity: base64.nullable(),
    }),
  ),
  aliases: z.array(z.object({ id: z.string(), keyId: z.string(), identity: base64 })),
  keys: sealedKeys,
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(RULE_KINDS),
      reason: z.string(),
      keyId: z.string().nullable(),
      words: base64.nullable(),
    }),
  ),
  ruleKeys: sealedKeys,
  decisions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["set_aside", "redaction"]),
      messageId: z.string().nullable(),
      revision: z.number().nullable(),
      from: z.number().nullable(),
      to: z.number().nullable(),
      withheld: z.enum(WITHHELD_KINDS).nullable(),
      reason: z.string(),
    }),
  ),
});
type SealedPage = z.output<typeof sealedPage>;
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const identitySchema = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });
const ASK_AGAIN_MS = 40;

/** A participant as the packet calls them; names of those who are not named are for taking out alone. */
export interface PagePerson {
  readonly id: string;
  readonly label: string;
  readonly namedBy: "request" | "counsel" | null;
  readonly handle: string | null;
  readonly displayName: string | null;
}

/** A page of a collection's thread, opened. It never leaves this folder as it is: third parties are in it. */
export interface ReviewPage
  extends Pick<
    SealedPage,
    "viewId" | "collectionId" | "requestId" | "threadId" | "expiresAt" | "bodies" | "nextAfter" | "decisions"
  > {
  readonly messages: readonly (Omit<SealedPage["messages"][number], "revisions"> & {
    readonly revisions: readonly (Omit<
      SealedPage["messages"][number]["revisions"][number],
      "body" | "keyId"
    > & { readonly body: string | null })[];
  })[];
  readonly people: readonly PagePerson[];
  readonly rules: readonly {
    readonly id: string;
    readonly kind: (typeof RULE_KINDS)[number];
    readonly words: string | null;
    readonly reason: string;
  }[];
  /** Finds names of third parties, the same as the one that a packet is built with. */
  readonly names: Redactor;
}

/**
 * Reads and opens what a view of a collection covers. The database checks the view, as for any other.
 *
 * @param what it is opened for: a refusal is recorded as that
 * @throws Refusal when the view is not the actor's, not committed, ended, expired, or what stands behind it has ended;
 *   `sealed-damaged` when a ciphertext was moved or changed
 */
export async function openReviewPage(
  actor: Actor,
  viewId: string,
  what: "view.read" | "legal.redacted" | "legal.rule_added",
): Promise<ReviewPage> {
  let answer: unknown;
  do {
    if (answer !== undefined) await setTimeout(ASK_AGAIN_MS);
    answer = await readCollectionSealed(actor, viewId, what);
  } while (notYet.safeParse(answer).success);
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const page = sealedPage.parse(answer);
  const open = await openBoxes(page.threadId, page.keys);
  const openRule = await openBoxes(page.requestId, page.ruleKeys);
  return {
    viewId: page.viewId,
    collectionId: page.collectionId,
    requestId: page.requestId,
    threadId: page.threadId,
    expiresAt: page.expiresAt,
    bodies: page.bodies,
    nextAfter: page.nextAfter,
    decisions: page.decisions,
    messages: page.messages.map(({ revisions, ...message }) => ({
      ...message,
      revisions: revisions.map(({ keyId, body, ...revision }) => ({
        ...revision,
        body: body && open(keyId, { of: "message", id: message.id }, body),
      })),
    })),
    rules: page.rules.map(({ id, kind, reason, keyId, words }) => ({
      id,
      kind,
      reason,
      words: words && keyId ? openRule(keyId, { of: "legal-rule", id }, words) : null,
    })),
    ...peopleOf(page, open),
  };
}

function peopleOf(page: SealedPage, open: OpenBox): { people: PagePerson[]; names: Redactor } {
  const identityOf = ({ id, keyId, identity }: { id: string; keyId: string; identity: Buffer | null }) =>
    identity
      ? identitySchema.parse(JSON.parse(open(keyId, { of: "identity", id }, identity)))
      : { handle: null, displayName: null };
  const aliases = new Map<string, string[]>();
  for (const alias of page.aliases) {
    const { handle, displayName } = identityOf(alias);
    aliases.set(alias.id, [...(aliases.get(alias.id) ?? []), handle ?? "", displayName ?? ""]);
  }
  const known = page.participants.map((one) => ({ ...one, ...identityOf(one) }));
  const people = known.map(({ id, accountId, namedBy, number, handle, displayName }) => ({
    id,
    accountId,
    namedBy,
    label: namedBy ? accountId : `Participant ${number ?? "?"}`,
    // Of who is named what the packet says, and no other name that they had: that may be what a third party is called.
    names: [handle ?? "", displayName ?? "", ...(namedBy ? [] : (aliases.get(id) ?? []))].filter(
      (name) => name !== "",
    ),
    handle: namedBy && handle,
    displayName: namedBy && displayName,
  }));
  return {
    people: people.map(({ accountId: _, names: __, ...person }) => person),
    names: makeRedactor(
      [],
      people
        .filter(({ namedBy }) => !namedBy)
        .map(({ label, names, accountId }) => ({ label, names, ids: [accountId] })),
      people.filter(({ namedBy }) => namedBy).flatMap(({ names, accountId }) => [accountId, ...names]),
    ),
  };
}
