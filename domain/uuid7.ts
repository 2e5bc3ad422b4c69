/**
 * The least UUID version 7 that an instant can have (RFC 9562 §5.7): the bound of a "since" in a table whose ids are
 * ordered by time. The same as unseal.uuid7_floor of the database.
 *
 * @param at milliseconds since 1970; must fit 48 bits
 * @throws RangeError for an instant that no such id can have
 */
export function uuid7Floor(at: number): string {
  const ms = Math.floor(at);
  if (!(ms >= 0 && ms < 2 ** 48)) throw new RangeError("No id of version 7 belongs to this instant.");
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
