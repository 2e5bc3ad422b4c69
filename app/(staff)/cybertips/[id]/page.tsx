import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReportPage } from "../../../../components/cybertip/ReportPage.tsx";
import { maySeeCyberTips } from "../../../../components/cybertip/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireRight } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "CyberTip report" };

/** Draws the frame only: not a word of a report passes through a server component. */
export default async function CyberTipPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const target = { route: "/cybertips/[id]", ...(isId(id) ? { entryId: id } : {}) };
  await requireRight(maySeeCyberTips, "cybertip.read", target);
  if (!isId(id)) notFound();
  return <ReportPage key={id} reportId={id} />;
}
