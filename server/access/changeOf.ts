import type { RequestChange } from "../../contracts/access.ts";

/** What became of a request, without the rest of the database's answer. */
export function changeOf({ state, approved, needs }: RequestChange): RequestChange {
  return { state, approved, needs };
}
