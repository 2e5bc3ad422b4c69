import { randomBytes } from "node:crypto";
import type { Region, Role } from "../../domain/vocabulary.ts";
import { createMember, setPassword, setQueueMembership } from "../../server/staff/operator.ts";
import { admin } from "./admin.ts";

/** Somebody who can sign in. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

interface Place {
  readonly queues?: readonly string[];
  readonly regions?: readonly Region[];
  readonly clearances?: readonly string[];
}

let hired = 0;

/** Hires a staff member as the operator does: by the functions behind `unseal staff`. */
export async function hire(
  roles: readonly Role[],
  { queues = [], regions = ["eu"], clearances = [] }: Place = {},
): Promise<Member> {
  const tag = `${roles[0]?.replace("_", "-")}-${++hired}-${randomBytes(3).toString("hex")}`;
  const member = {
    name: `Test ${tag}`,
    email: `${tag}@staff.example.org`,
    password: randomBytes(18).toString("base64url"),
    roles,
  };
  const id = await createMember(admin(), { ...member, regions, clearances, languages: ["en"] });
  await setPassword(admin(), id, member.password);
  for (const queue of queues) await setQueueMembership(admin(), id, queue, true);
  return { id, ...member };
}
