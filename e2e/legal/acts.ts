import { expect, type Page } from "@playwright/test";
import { type Counsel, must } from "./stage.ts";

/** Asks a person for something on a page, in the dialog that is open. */
export async function giveReason(page: Page, reason: string, button: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Chooses a part of a request's page by its name. */
export async function goTo(page: Page, requestId: string, part: string): Promise<void> {
  await page.goto(`/lawful-requests/${requestId}?part=${part}`);
}

/** Waits until a packet stands, whatever the worker is doing meanwhile. */
export async function built(by: Counsel, productionId: string): Promise<void> {
  const stateOf = async () =>
    (await must<{ state: string }>(by, "GET", `/api/productions/${productionId}`)).state;
  await expect.poll(stateOf, { timeout: 90_000, intervals: [500] }).toBe("built");
}

/** Collects, hands in without a decision and has the packet built. @returns its ids */
export async function produce(
  by: Counsel,
  requestId: string,
  collect: object = {},
): Promise<{ collectionId: string; productionId: string }> {
  const { id: collectionId } = await must<{ id: string }>(
    by,
    "POST",
    `/api/lawful-requests/${requestId}/collections`,
    collect,
  );
  await must(by, "POST", `/api/collections/${collectionId}/hand-in`, { decisions: 0 });
  const { productionId } = await must<{ productionId: string }>(
    by,
    "POST",
    `/api/collections/${collectionId}/productions`,
    {},
  );
  return { collectionId, productionId };
}
