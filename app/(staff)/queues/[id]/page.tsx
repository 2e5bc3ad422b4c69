import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { QueueBoard } from "../../../../components/queues/QueueBoard.tsx";
import { maySeeQueues } from "../../../../components/shell/rights.ts";
import { isId } from "../../../../contracts/isId.ts";
import { requireStaff } from "../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Queue" };

export default async function QueuePage({ params }: { params: Promise<{ id: string }> }) {
  const { me } = await requireStaff();
  if (!maySeeQueues(me)) forbidden();
  const { id } = await params;
  if (!isId(id)) notFound();
  return <QueueBoard key={id} queueId={id} />;
}
