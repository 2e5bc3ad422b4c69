import type { PolicyVersion } from "../../contracts/accessPolicy.ts";
import { POLICY_STATE_WORDS } from "../access/words.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";

const TONES: Record<PolicyVersion["state"], Tone> = {
  draft: "plain",
  proposed: "warn",
  active: "ok",
  superseded: "plain",
  rejected: "danger",
  withdrawn: "plain",
};

/** Where a version stands in its life. */
export function VersionState({ version }: { version: PolicyVersion }) {
  return <Badge tone={TONES[version.state]}>{POLICY_STATE_WORDS[version.state]}</Badge>;
}
