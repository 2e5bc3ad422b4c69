import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CaseWorkspace } from "../../../../components/cases/CaseWorkspace.tsx";
import { maySeeQueues } from "../../../../components/shell/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireRight } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Case" };

/** Draws the frame only: not a word about the thread passes through a server component. */
export default async function CasePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const target = { route: "/cases/[id]", ...(isId(id) ? { caseId: id } : {}) };
  await requireRight(maySeeQueues, "case.read", target);
  if (!isId(id)) notFound();
  return <CaseWorkspace key={id} caseId={id} />;
}
