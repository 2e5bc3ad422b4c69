import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CaseTrail } from "../../../../../components/audit/CaseTrail.tsx";
import { isId } from "../../../../../contracts/isId.ts";
import { requireStaff } from "../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Audit of a case" };

export default async function AuditCasePage({ params }: { params: Promise<{ id: string }> }) {
  await requireStaff();
  const { id } = await params;
  if (!isId(id)) notFound();
  return <CaseTrail key={id} caseId={id} />;
}
