import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { pageOf } from "../support/desk.ts";
import { makeStage, type Stage } from "./stage.ts";

let stage: Stage;
test.beforeAll(async () => {
  stage = await makeStage("Access policy");
});

test("a policy is drafted and proposed by one officer, and comes into force when another confirms it", async ({
  browser,
}) => {
  const [a, b, c] = await Promise.all([
    pageOf(browser, await stage.person(["compliance_officer"])),
    pageOf(browser, await stage.person(["compliance_officer"])),
    pageOf(browser, await stage.person(["moderator"])),
  ]);
  await a.page.goto("/access-policy");
  await a.page.getByRole("button", { name: "Begin a draft" }).click();
  await a.page.getByRole("dialog").getByRole("textbox").fill("Shorter quality reviews by leads.");
  await a.page.getByRole("dialog").getByRole("button", { name: "Begin", exact: true }).click();
  await a.page.getByRole("button", { name: "Edit" }).click();
  await a.page.getByRole("button", { name: "Change: Lead, Quality review, Flagged window" }).click();
  const rule = a.page.getByRole("dialog");
  const [now] = await admin()`
    select r.minutes from access.policy_rules r join access.policy_versions v on v.id = r.version_id
     where v.state = 'active' and r.role = 'lead' and r.purpose = 'quality_review' and r.scope = 'flagged_window'
       and r.subject = 'ordinary'`;
  const minutes = Number(now?.minutes) - 1;
  await rule.getByLabel(/^Minutes/).fill(String(minutes));
  await rule.getByRole("button", { name: "Set the rule" }).click();
  await expect(a.page.getByText("1 change against version")).toBeVisible();
  await expect(a.page.getByText("Tightens")).toBeVisible();
  await a.page.getByRole("button", { name: "Save the draft" }).click();
  const version = a.page.getByRole("article", { name: /^Version/ });
  await expect(version).toContainText("1 change against version");
  await version.getByRole("button", { name: "Propose" }).click();
  await a.page.getByRole("dialog").getByRole("textbox").fill("Reviews took half of what they were given.");
  await a.page.getByRole("dialog").getByRole("button", { name: "Propose", exact: true }).click();
  await expect(version).toContainText("Proposed");
  // Nobody confirms what they proposed, and nothing can be edited any more.
  await expect(version.getByRole("button", { name: /Confirm|Edit/ })).toHaveCount(0);

  // Whoever has no part in it does not see it before it is in force.
  await c.page.goto("/access-policy");
  await expect(c.page.getByRole("navigation", { name: "Versions" })).toBeVisible();
  await expect(c.page.getByText("Shorter quality reviews by leads.")).toHaveCount(0);

  await b.page.goto("/access-policy");
  // Others may wait too: the newest stands first.
  await b.page
    .getByRole("button", { name: /^Look at it/ })
    .first()
    .click();
  const proposal = b.page.getByRole("article", { name: /^Version/ });
  await expect(proposal).toContainText("Reviews took half of what they were given.");
  await expect(proposal.getByRole("region", { name: "What it would change" })).toContainText(
    `Ticket, ${minutes} min`,
  );
  await proposal.getByRole("button", { name: "Confirm" }).click();
  await b.page.getByRole("dialog").getByRole("textbox").fill("The figures bear it out.");
  await b.page.getByRole("dialog").getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(proposal).toContainText("In force");

  // Everybody's page shows the new one by itself.
  await expect(c.page.getByText("Shorter quality reviews by leads.").first()).toBeVisible();
  await expect(c.page.getByRole("cell", { name: `Ticket ${minutes} min, 20 views` }).first()).toBeVisible();
  const download = c.page.waitForEvent("download");
  await c.page.getByRole("button", { name: "Matrix as CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toContain(`"ordinary","quality_review","flagged_window","lead","ticket",${minutes},20`);
  await Promise.all([a, b, c].map(({ context }) => context.close()));
});

test("the simulator says how, and which rule decided", async ({ browser }) => {
  const { caseId } = await stage.deliver();
  const [row] = await admin()`select number::int as number from triage.cases where id = ${caseId}`;
  const moderator = await stage.person(["moderator"]);
  const { page, context } = await pageOf(browser, await stage.person(["compliance_officer"]));
  await page.goto("/access-policy?tab=simulator");
  await page.getByLabel("Number of the case").fill(String(row?.number));
  await page.getByRole("button", { name: "Say who and how" }).click();
  const person = page.getByRole("row", { name: new RegExp(moderator.name) });
  await expect(person).toContainText("Automatic");
  await expect(person).toContainText("They would have to claim the case");

  await page.getByText("A made-up situation").click();
  await page.getByLabel("Purpose").selectOption({ label: "Appeal" });
  await page.getByLabel("Watch-listed participant").check();
  await page.getByRole("button", { name: "Say how" }).click();
  const answer = page.getByRole("status", { name: "Answer" }).or(page.getByLabel("Answer"));
  await expect(answer.first()).toContainText("could open it after two other people have approved");
  await expect(answer.first()).toContainText("Of several subjects the strictest counts.");
  await context.close();
});

test("an officer cannot draw a rule that no policy can say", async ({ browser }) => {
  const { page, context } = await pageOf(browser, await stage.person(["compliance_officer"]));
  await page.goto("/access-policy");
  await page.getByRole("button", { name: "Begin a draft" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("To be thrown away.");
  await page.getByRole("dialog").getByRole("button", { name: "Begin", exact: true }).click();
  await page.getByRole("button", { name: "Edit" }).click();
  await page.getByRole("tab", { name: "Own or a colleague’s account" }).click();
  await page.getByRole("button", { name: "Change: Lead, Appeal, Flagged window" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("radio", { name: /^Automatic/ })).toBeDisabled();
  await expect(dialog.getByRole("radio", { name: /^Two approvers/ })).toBeEnabled();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("It was only a try at the editor.");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(page.getByRole("article", { name: /^Version/ })).toContainText("Withdrawn");
  await context.close();
});
