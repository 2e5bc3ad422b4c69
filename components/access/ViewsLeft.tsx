"use client";

import { counted } from "../words.ts";
import { useGrants } from "./queries.ts";

/** How many more views the grant of an open view allows. Says nothing until it is known. */
export function ViewsLeft({ grantId }: { grantId: string }) {
  const { data } = useGrants("mine");
  const grant = data?.grants.find(({ id }) => id === grantId);
  if (!grant) return null;
  return <> · {counted(Math.max(0, grant.viewLimit - grant.viewsUsed), "view")} left</>;
}
