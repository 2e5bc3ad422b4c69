import { randomUUID } from "node:crypto";
import { collectRequest, openCollectionViewRequest } from "../../../contracts/legal/collections.ts";
import { openCollectionView } from "../../disclosure/openCollectionView.ts";
import { newSealer } from "../../disclosure/seal.ts";
import type { Case, Person, World } from "../../test/world.ts";
import { collectForRequest } from "../collections/collectForRequest.ts";
import { approvedRequest } from "./approvedRequest.ts";

export interface Counsels {
  readonly first: Person;
  readonly second: Person;
}

/** A case whose two accounts nobody else has, and an approved request that names the first of them. */
export async function approvedCase(
  world: World,
  counsels: Counsels,
  ask: Parameters<typeof approvedRequest>[2] = {},
  options: Parameters<World["case"]>[0] = {},
): Promise<{ found: Case; requestId: string; number: number; accounts: [string, string] }> {
  const accounts: [string, string] = [`named-${randomUUID()}`, `other-${randomUUID()}`];
  const found = await world.case({ accounts, ...options });
  const { requestId, number } = await approvedRequest(world, counsels, { accounts: [accounts[0]], ...ask });
  return { found, requestId, number, accounts };
}

/** The same, collected by the first counsel. */
export async function collectedCase(world: World, counsels: Counsels, ...rest: Rest) {
  const approved = await approvedCase(world, counsels, ...rest);
  const collection = await collectForRequest(
    counsels.first.actor,
    approved.requestId,
    collectRequest.parse({}),
  );
  return { ...approved, collection };
}
type Rest = [ask?: Parameters<typeof approvedRequest>[2], options?: Parameters<World["case"]>[0]];

/** Opens the first page of a thread. */
export async function viewOf(
  by: Person,
  collectionId: string,
  threadId: string,
  limit = 50,
): Promise<string> {
  const ask = openCollectionViewRequest.parse({ threadId, limit });
  return (await openCollectionView(by.actor, collectionId, ask)).viewId;
}

/** Edits or deletes a message as intake would: another revision. */
export async function revise(
  { admin }: World,
  found: Case,
  index: number,
  { body, deleted = false }: { readonly body: string | null; readonly deleted?: boolean },
): Promise<void> {
  const sealer = await newSealer(found.threadId);
  const id = found.messageIds[index] as string;
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${found.threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  await admin`insert into sealed.messages (thread_id, id, revision, platform_message_id, sender_id, sent_at, kind, edited_at,
      deleted_at, key_id, body_ct, content_mac)
    select thread_id, id, revision + 1, platform_message_id, sender_id, sent_at, kind,
           ${deleted ? null : new Date()}, ${deleted ? new Date() : null}, ${sealer.keyId},
           ${body === null ? null : sealer.message(id, body)}, ''
      from sealed.messages where thread_id = ${found.threadId} and id = ${id} order by revision desc limit 1`;
}

/** Renames somebody as intake would, whose handle is one of the case's. @returns how many rows were kept of before */
export async function rename(
  { admin }: World,
  { threadId }: Case,
  handle: string,
  displayName: string,
): Promise<number> {
  const place = Number(handle.slice("account-".length));
  const [who] = await admin`select id from sealed.participants where thread_id = ${threadId}
    order by ordinal offset ${place} limit 1`;
  const sealer = await newSealer(threadId);
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  await admin`update sealed.participants set key_id = ${sealer.keyId}, identity_mac = '\\x01',
      identity_ct = ${sealer.identity(String(who?.id), { handle, displayName })}
    where thread_id = ${threadId} and id = ${who?.id}`;
  const [kept] = await admin`select count(*)::int as n from sealed.kept_identities
    where thread_id = ${threadId} and id = ${who?.id}`;
  return Number(kept?.n);
}
