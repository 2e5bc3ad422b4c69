import type { Metadata } from "next";
import { DeskBoard } from "../../../components/compliance/DeskBoard.tsx";
import { maySeeDesk } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Compliance desk" };

export default async function CompliancePage() {
  await requireRight(maySeeDesk, "desk.read", { route: "/compliance" });
  return <DeskBoard />;
}
