import { z } from "zod";
import { type ErasureReceipt, erasureAsk, erasureReceipt } from "../../contracts/legal/erasures.ts";
import { ERASURE_GROUND } from "../../domain/legal/holdWords.ts";
import { askDatabase } from "./askDatabase.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import { answered, readSmall, smallCall } from "./smallCall.ts";

const stored = z.object({
  ok: z.literal(true),
  erasure: erasureReceipt.omit({ ground: true }).extend({ deferred: z.boolean() }),
  replayed: z.boolean().default(false),
});

/** The ground is the same whatever the cause: telling one from another would tell of an order that must not be told of. */
function receiptOf({ deferred, ...erasure }: z.output<typeof stored>["erasure"]): ErasureReceipt {
  return { ...erasure, ground: deferred ? ERASURE_GROUND : null };
}

/**
 * `POST /api/intake/v1/erasures`: a platform asks for the erasure of an account's data or of a thread. Taken in once by the
 * platform's own id; carried out in the background.
 *
 * @returns 202 with the receipt, or a problem (RFC 9457)
 */
export function receiveErasure(request: Request): Promise<Response> {
  return smallCall(request, "erasures:write", async (actor) => {
    const { id, account, thread, askedAt } = await readSmall(request, erasureAsk, "bad-erasure");
    const ask = {
      id,
      scope: account ? "account" : "thread",
      subject: account?.id ?? thread?.id,
      askedAt,
    };
    const { erasure, replayed } = answered(
      actor,
      await askDatabase(actor, "ask_erasure", JSON.stringify(ask)),
      stored,
    );
    return Response.json(receiptOf(erasure), {
      status: 202,
      headers: { "cache-control": "no-store", ...(replayed ? { "unseal-replayed": "true" } : {}) },
    });
  });
}

/** `GET /api/intake/v1/erasures/:id`: how far one has come, by the platform's own id. */
export function readErasureReceipt(request: Request): Promise<Response> {
  return smallCall(request, "erasures:write", async (actor) => {
    const id = lastOf(new URL(request.url).pathname);
    const { erasure } = answered(actor, await askDatabase(actor, "read_erasure", id), stored);
    return Response.json(receiptOf(erasure), { headers: { "cache-control": "no-store" } });
  });
}

/** The last part of a path as it was meant. PostgreSQL keeps no NUL, and no id that was taken in has one. */
function lastOf(path: string): string {
  try {
    const last = decodeURIComponent(path.split("/").at(-1) ?? "");
    if (last !== "" && !last.includes("\0")) return last;
  } catch {
    // Percent signs that encode nothing: told as the one refusal below.
  }
  throw new IntakeRefusal("erasure-unknown");
}
