import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Receipt } from "../../contracts/intake.ts";
import type { Role } from "../../domain/vocabulary.ts";
import { target } from "../target.ts";
import { exampleFlag } from "./flags.ts";
import { makePlatform } from "./platform.ts";
import { makePolicy, makeQueue, route } from "./queues.ts";
import { signIn, tokenOf } from "./session.ts";
import { hire, type Member } from "./staff.ts";

/** A queue of its own with people and flags: what a test of a path by role stands on. */
export async function makeDesk(name: string) {
  const second = await makeQueue(`${name}, second line`);
  const queue = await makeQueue(name, { escalatesTo: second });
  await route("harassment", "eu", queue);
  await makePolicy("harassment");
  const platform = await makePlatform();
  return {
    queue,
    deliver: (options: Parameters<typeof exampleFlag>[0] = {}): Promise<Receipt> =>
      platform.deliver(exampleFlag(options)),
    deliverFlag: platform.deliver,
    person: (roles: readonly Role[]): Promise<Member> => hire(roles, { queues: [queue] }),
  };
}

export type Desk = Awaited<ReturnType<typeof makeDesk>>;

/** Opens a page that is signed in as somebody, past the form. */
export async function pageOf(
  browser: Browser,
  member: Member,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ page: Page; context: BrowserContext; token: string }> {
  const cookie = await signIn(member);
  const context = await browser.newContext(options);
  await context.addCookies([
    {
      name: "unseal-session",
      value: tokenOf(cookie),
      url: target().baseUrl,
      httpOnly: true,
      sameSite: "Lax",
    },
  ]);
  return { page: await context.newPage(), context, token: tokenOf(cookie) };
}
