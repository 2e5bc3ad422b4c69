import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EventPage } from "../../../../../components/audit/EventPage.tsx";
import { isId } from "../../../../../contracts/isId.ts";
import { requireStaff } from "../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Audit event" };

export default async function AuditEventPage({ params }: { params: Promise<{ id: string }> }) {
  await requireStaff();
  const { id } = await params;
  if (!isId(id)) notFound();
  return <EventPage key={id} eventId={id} />;
}
