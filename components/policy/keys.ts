import { keys } from "../api/queries.ts";

/** Keys of the query cache for versions of the access policy; all go stale when another comes into force. */
export const policyKey = (versionId: string) => [...keys.policies, versionId] as const;
