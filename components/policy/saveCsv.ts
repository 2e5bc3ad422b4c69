import type { PolicyDetail } from "../../contracts/accessPolicy.ts";
import { rulesCsv } from "./matrix.ts";

/** The rules as a file, made on this page: they are on it already, so nothing more leaves. */
export function saveCsv({ version, rules }: PolicyDetail): void {
  const url = URL.createObjectURL(new Blob(rulesCsv(rules), { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `unseal-access-policy-${version.number}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
