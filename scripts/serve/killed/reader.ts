// A moderator at work, to be killed: opens and reads one view after the other, and says so over the pipe after each step
// that was acknowledged. `ask` is said before anything was sent.
import { openView } from "../../../server/disclosure/openView.ts";
import { readView } from "../../../server/disclosure/readView.ts";
import { claimCase } from "../../../server/triage/claimCase.ts";

const [token, caseId] = process.argv.slice(2);
if (!token || !caseId || !process.send) throw new Error("usage: reader.ts TOKEN CASE, with a pipe");
const tell = (message: object) => new Promise((resolve) => process.send?.(message, resolve));
const actor = { token, ip: "192.0.2.9", userAgent: "test", requestId: "killed", background: false };

for (;;) {
  try {
    await claimCase(actor, caseId);
    await tell({ step: "ask" });
    const { viewId } = await openView(actor, caseId, {
      purpose: "user_report_review",
      scope: "flagged_window",
      preset: true,
    });
    await tell({ step: "opened", viewId });
    const content = (await readView(actor, viewId)).reveal();
    await tell({ step: "read", viewId, messages: content.messages.length });
  } catch {
    // The database is away for a moment, or restarting: a moderator presses the key again.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
