import type { OpenViewResult } from "../../contracts/disclosure.ts";

/** An opened view, without the rest of the database's answer. */
export function viewOf(view: OpenViewResult): OpenViewResult {
  const { viewId, grantId, openedAt, expiresAt, messageCount, truncated } = view;
  return { viewId, grantId, openedAt, expiresAt, messageCount, truncated };
}
