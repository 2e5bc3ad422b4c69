import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CollectionPage } from "../../../../../../components/legal/collection/CollectionPage.tsx";
import { maySeeRequests } from "../../../../../../components/legal/rights.ts";
import { isId } from "../../../../../../contracts/isId.ts";
import { requireRight } from "../../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Collection" };

type Params = Promise<{ id: string; collectionId: string }>;

/** Draws the frame only: not a word of what was collected passes through a server component. */
export default async function CollectedPage({ params }: { params: Params }) {
  const { id, collectionId } = await params;
  const target = {
    route: "/lawful-requests/[id]/collections/[collectionId]",
    ...(isId(collectionId) ? { entryId: collectionId } : {}),
  };
  await requireRight(maySeeRequests, "legal.collection_read", target);
  if (!isId(id) || !isId(collectionId)) notFound();
  return <CollectionPage key={collectionId} requestId={id} collectionId={collectionId} />;
}
