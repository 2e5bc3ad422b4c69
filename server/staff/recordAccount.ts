import type { z } from "zod";
import type { recordAccountRequest } from "../../contracts/account.ts";
import type { AddedResult } from "../../contracts/watchList.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** Records an account of the actor's own: its threads then need two approvers. @throws Refusal */
export async function recordAccount(
  actor: Actor,
  { platformId, accountId }: z.output<typeof recordAccountRequest>,
): Promise<AddedResult> {
  const { id } = await call<AddedResult>(actor, "staff.record_account", platformId, accountId);
  return { id };
}
