import postgres, { type Sql } from "postgres";
import { target } from "../target.ts";

let pool: Sql | undefined;

/**
 * The cluster's superuser: to arrange what the product has no page for, and to look at what was written. Never to act as
 * the product.
 */
export function admin(): Sql {
  pool ??= postgres(target().adminUrl, { max: 2, idle_timeout: 2, onnotice: () => {} });
  return pool;
}
