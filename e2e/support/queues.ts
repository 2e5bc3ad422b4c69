import { randomBytes } from "node:crypto";
import type { Category, Region } from "../../domain/vocabulary.ts";
import { admin } from "./admin.ts";

interface QueueOptions {
  readonly region?: Region;
  readonly restrictedSubject?: string;
  readonly escalatesTo?: string;
}

/** Makes a queue. @returns its id */
export async function makeQueue(name: string, options: QueueOptions = {}): Promise<string> {
  const unique = `${name} ${randomBytes(3).toString("hex")}`;
  const [row] = await admin()<{ id: string }[]>`
    insert into triage.queues (name, region, restricted_subject, escalates_to)
    values (${unique}, ${options.region ?? null}, ${options.restrictedSubject ?? null}, ${options.escalatesTo ?? null})
    returning id`;
  if (!row) throw new Error("The queue was not made.");
  return row.id;
}

/** From now on, flags of this category and region go to the queue. Tests run one after another. */
export async function route(category: Category, region: Region, queue: string): Promise<void> {
  await admin()`
    insert into triage.queue_routes (category, region, queue_id, rank) values (${category}, ${region}, ${queue}, -1)
    on conflict (category, region) do update set queue_id = excluded.queue_id, rank = excluded.rank`;
}

/** A rule of the platform that decisions can name. @returns its id */
export async function makePolicy(category: Category): Promise<string> {
  const code = `T-${randomBytes(3).toString("hex")}`;
  const [row] = await admin()<{ id: string }[]>`
    insert into triage.policies (code, title, guidance, category)
    values (${code}, ${`Example rule ${code}`}, 'An example rule for tests.', ${category}) returning id`;
  if (!row) throw new Error("The policy was not made.");
  return row.id;
}
