import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { CaseWorkspace } from "../../../../components/cases/CaseWorkspace.tsx";
import { maySeeQueues } from "../../../../components/shell/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireStaff } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Case" };

/** Draws the frame only: not a word about the thread passes through a server component. */
export default async function CasePage({ params }: { params: Promise<{ id: string }> }) {
  const { me } = await requireStaff();
  if (!maySeeQueues(me)) forbidden();
  const { id } = await params;
  if (!isId(id)) notFound();
  return <CaseWorkspace key={id} caseId={id} />;
}
