import { z } from "zod";
import { ticketSettings } from "../../environment/settings.ts";
import type { Actor } from "../actor.ts";
import { postPinned } from "../http/postPinned.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { readMe } from "../staff/readMe.ts";

const answered = z.object({ known: z.boolean() });

/**
 * Asks the ticket system whether a ticket exists, where one is configured. Its form is the policy's to check. What cannot
 * be checked opens nothing.
 *
 * @throws Refusal `not-signed-in` before anything is asked; `ticket-unknown`; `ticket-check-failed` when there is no clear answer within three seconds
 */
export async function checkTicket(actor: Actor, ticket: string): Promise<void> {
  const { ticketWebhook, ticketWebhookPrivate } = ticketSettings();
  if (ticketWebhook === null) return;
  // The one question that goes out before the database was asked: which tickets there are is told to nobody from outside.
  if (!(await readMe(actor))) throw new Refusal("not-signed-in");
  const known = await ask(ticketWebhook, ticket, ticketWebhookPrivate).catch(() => null);
  if (known === null) {
    log.warn("tickets.check_failed");
    throw new Refusal("ticket-check-failed");
  }
  if (!known) throw new Refusal("ticket-unknown");
}

async function ask(address: string, ticket: string, inside: boolean): Promise<boolean> {
  const { status, text } = await postPinned(
    address,
    { ticket },
    { deadline: 3_000, inside, most: 16 * 1024 },
  );
  if (status !== 200) throw new Error(`The ticket system answered ${status}.`);
  return answered.parse(JSON.parse(text)).known;
}
