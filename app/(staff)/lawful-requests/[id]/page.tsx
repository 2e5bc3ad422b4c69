import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RequestPage } from "../../../../components/legal/request/RequestPage.tsx";
import { maySeeRequests } from "../../../../components/legal/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireRight } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Lawful request" };

/** Draws the frame only: not a fact of a request passes through a server component. */
export default async function LawfulRequestPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const target = { route: "/lawful-requests/[id]", ...(isId(id) ? { entryId: id } : {}) };
  await requireRight(maySeeRequests, "legal.read", target);
  if (!isId(id)) notFound();
  return <RequestPage key={id} requestId={id} />;
}
