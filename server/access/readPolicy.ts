import type { AccessRule, PolicyDetail, PolicySettings } from "../../contracts/accessPolicy.ts";
import { policySettings } from "../../contracts/accessPolicy.ts";
import { diffRules } from "../../domain/accessPolicy.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

interface Known {
  version: PolicyDetail["version"];
  rules: AccessRule[];
  against: { id: string; number: number; settings: PolicySettings; rules: AccessRule[] } | null;
}

/** One version with its rules, and what it changes against the one in force, or the one before it. @throws Refusal */
export async function readPolicy(actor: Actor, versionId: string): Promise<PolicyDetail> {
  const { version, rules, against } = await call<Known>(actor, "access.read_policy", versionId);
  return {
    version,
    rules,
    against: against && { id: against.id, number: against.number },
    changes: against ? diffRules(against.rules, rules) : [],
    settingChanges: against
      ? policySettings
          .keyof()
          .options.map((setting) => ({
            setting,
            before: against.settings[setting],
            after: version.settings[setting],
          }))
          .filter(({ before, after }) => before !== after)
      : [],
  };
}
