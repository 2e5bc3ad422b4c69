import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { StaffTrail } from "../../../../../components/audit/StaffTrail.tsx";
import { isId } from "../../../../../contracts/isId.ts";
import { requireStaff } from "../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Audit of a staff member" };

export default async function AuditStaffPage({ params }: { params: Promise<{ id: string }> }) {
  await requireStaff();
  const { id } = await params;
  if (!isId(id)) notFound();
  return <StaffTrail key={id} staffId={id} />;
}
