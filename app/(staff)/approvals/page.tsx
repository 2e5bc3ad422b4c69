import type { Metadata } from "next";
import { ApprovalsBoard } from "../../../components/approvals/ApprovalsBoard.tsx";
import { maySeeApprovals } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage() {
  await requireRight(maySeeApprovals, "request.listed", { route: "/approvals" });
  return <ApprovalsBoard />;
}
