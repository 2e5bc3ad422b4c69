import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { QueueBoard } from "../../../../components/queues/QueueBoard.tsx";
import { maySeeQueues } from "../../../../components/shell/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireRight } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const target = { route: "/queues/[id]", ...(isId(id) ? { queueId: id } : {}) };
  await requireRight(maySeeQueues, "queue.read", target);
  if (!isId(id)) notFound();
  return <QueueBoard key={id} queueId={id} />;
}
