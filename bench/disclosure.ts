import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { closeEverything } from "../environment/shutdown.ts";
import { openView } from "../server/disclosure/openView.ts";
import { readView } from "../server/disclosure/readView.ts";
import { newSealer } from "../server/disclosure/seal.ts";
import { claimCase } from "../server/triage/claimCase.ts";
import { atMost, type Figure, inTurn } from "./harness.ts";
import { type Stage, signedIn } from "./stage.ts";

const MESSAGES = 20;
const ASK = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;

/**
 * Opening and reading 20 messages (grant, view, two events with their leaves, the checks, decryption), against one
 * committed INSERT and one SELECT of 20 rows through the same driver.
 */
export async function benchDisclosure({ admin, urls, say }: Stage): Promise<Figure[]> {
  say("open, read and decrypt 20 messages");
  const { queue, caseId } = await sealedCase(admin);
  const actor = await signedIn(admin, [queue]);
  await claimCase(actor, caseId);
  await admin.unsafe(`create table public.floor (id uuid, note text, at timestamptz default now());
    create table public.floor_rows as select gen_random_uuid() as id, repeat('x', 120) as body, 1 as thread from generate_series(1, ${MESSAGES});
    grant select, insert on public.floor, public.floor_rows to unseal_web; grant usage on schema public to unseal_web`);
  const bare = postgres(urls.web, { max: 1 });

  let rounds = 0;
  const work = async () => {
    // The rate limit of 600 views an hour is a promise, not a cost: the bench stays below it by starting the hour anew.
    if (++rounds % 500 === 0) await admin`truncate access.views, access.view_ends`;
    const view = await openView(actor, caseId, ASK);
    const content = (await readView(actor, view.viewId)).reveal();
    if (content.messages.length !== MESSAGES)
      throw new Error(`${content.messages.length} messages were read.`);
  };
  const floor = async () => {
    await bare`insert into public.floor (id, note) values (${randomUUID()}, 'Reviewing the reported messages.')`;
    await bare`select * from public.floor_rows where thread = ${1}`;
  };
  try {
    const times = await inTurn(400, work, floor);
    return [
      atMost("open, read and decrypt 20 messages, against one INSERT and one SELECT of 20 rows", times, 4),
    ];
  } finally {
    await bare.end();
    await closeEverything();
  }
}

/** A case on a sealed thread of twenty messages, all of them in its flagged window. */
export async function sealedCase(
  admin: Stage["admin"],
  name = "sealed",
): Promise<{ queue: string; caseId: string }> {
  const threadId = randomUUID();
  const people = [randomUUID(), randomUUID()];
  const sealer = await newSealer(threadId);
  const [queue] = await admin`insert into triage.queues (name) values (${`Bench ${name}`}) returning id`;
  const [platform] =
    await admin`insert into intake.platforms (slug, name) values (${`bench-${name}`}, 'Bench') returning id`;
  await admin`insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
    values (${threadId}, ${platform?.id}, 'sealed', 'direct', 'eu', ${MESSAGES}, 2)`;
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  for (const [i, id] of people.entries()) {
    await admin`insert into sealed.participants (thread_id, id, platform_participant_id, ordinal, key_id, identity_ct, identity_mac, age_band)
      values (${threadId}, ${id}, ${`p-${i}`}, ${i + 1}, ${sealer.keyId},
        ${sealer.identity(id, { handle: `account-${i}`, displayName: "Example" })}, '', 'adult')`;
  }
  const ids = Array.from({ length: MESSAGES }, () => randomUUID());
  for (const [i, id] of ids.entries()) {
    await admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      values (${threadId}, ${id}, ${`m-${i}`}, ${people[i % 2] as string}, now() + make_interval(secs => ${i}), 'text',
        ${sealer.keyId}, ${sealer.message(id, `Placeholder message ${i} of ordinary length, as people write them.`)}, '')`;
  }
  const [made] = await admin`
    insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, priority, sources, message_count,
      participant_count, minor_count, due_at)
    values (${threadId}, ${platform?.id}, ${queue?.id}, 'eu', 'harassment', 2, 200, '{user_report}', ${MESSAGES}, 2, 0, now())
    returning id`;
  // Two flagged messages, five neighbours on either side of each: all twenty are in the window.
  await admin`insert into triage.flags (id, platform_id, platform_flag_id, thread_id, case_id, source, category, severity,
      flagged_message_ids, request_mac, joined_case, new_message_count)
    values (${randomUUID()}, ${platform?.id}, 'sealed', ${threadId}, ${made?.id}, 'user_report', 'harassment', 2,
      ${[ids[4] as string, ids[14] as string]}, '', false, ${MESSAGES})`;
  return { queue: queue?.id as string, caseId: made?.id as string };
}
