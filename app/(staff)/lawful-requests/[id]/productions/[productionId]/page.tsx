import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ProductionPage } from "../../../../../../components/legal/production/ProductionPage.tsx";
import { maySeeRequests } from "../../../../../../components/legal/rights.ts";
import { isId } from "../../../../../../contracts/isId.ts";
import { requireRight } from "../../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Packet" };

type Params = Promise<{ id: string; productionId: string }>;

/** Draws the frame only: what a packet holds passes through no server component. */
export default async function PacketPage({ params }: { params: Params }) {
  const { id, productionId } = await params;
  const target = {
    route: "/lawful-requests/[id]/productions/[productionId]",
    ...(isId(productionId) ? { entryId: productionId } : {}),
  };
  await requireRight(maySeeRequests, "legal.packet_read", target);
  if (!isId(id) || !isId(productionId)) notFound();
  return <ProductionPage key={productionId} requestId={id} productionId={productionId} />;
}
