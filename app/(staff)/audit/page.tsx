import type { Metadata } from "next";
import { AuditBoard } from "../../../components/audit/AuditBoard.tsx";
import { requireStaff } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
  await requireStaff();
  return <AuditBoard />;
}
