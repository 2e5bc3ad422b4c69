import { z } from "zod";
import { ticketSettings } from "../../environment/settings.ts";
import { postPinned } from "../http/postPinned.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";

const answered = z.object({ known: z.boolean() });

/**
 * Asks the ticket system whether a ticket exists, where one is configured. Its form is the policy's to check. What cannot
 * be checked opens nothing.
 *
 * @throws Refusal `ticket-unknown`; `ticket-check-failed` when there is no clear answer within three seconds
 */
export async function checkTicket(ticket: string): Promise<void> {
  const { ticketWebhook, ticketWebhookPrivate } = ticketSettings();
  if (ticketWebhook === null) return;
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
