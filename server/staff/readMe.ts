import type { MeDto } from "../../contracts/session.ts";
import { guarded } from "../../db/connect.ts";
import { webSql } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";

/** The person behind the actor's token, with their roles as they are now; null when the token opens nothing. */
export async function readMe(actor: Actor): Promise<MeDto | null> {
  const [row] = await guarded(
    webSql()<{ me: MeDto | null }[]>`select staff.me(${actor as never}::jsonb) as me`,
  );
  return row?.me ?? null;
}
