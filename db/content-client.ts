import { guarded } from "./connect.ts";
import { webSql } from "./web-client.ts";

/**
 * Hands out one view's ciphertexts and wrapped keys, or the refusal. Only `server/disclosure` may import this file.
 *
 * @param actor as JSON, the token in it
 * @param viewId of a view that an earlier transaction committed
 * @returns the answer of `access.read_view`, unchecked
 * @throws DatabaseFailure
 */
export async function readSealed(actor: object, viewId: string): Promise<unknown> {
  const [row] = await guarded(
    webSql()`select access.read_view(${actor as never}::jsonb, ${viewId}::uuid) as answer`,
  );
  return row?.answer;
}
