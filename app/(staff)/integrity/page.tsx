import type { Metadata } from "next";
import { IntegrityBoard } from "../../../components/integrity/IntegrityBoard.tsx";
import { maySeeIntegrity } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Integrity of the log" };

export default async function IntegrityPage() {
  await requireRight(maySeeIntegrity, "log.state_read", { route: "/integrity" });
  return <IntegrityBoard />;
}
