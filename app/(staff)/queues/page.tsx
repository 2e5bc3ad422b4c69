import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { QueueList } from "../../../components/queues/QueueList.tsx";
import { maySeeQueues } from "../../../components/shell/rights.ts";
import { requireStaff } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Queues" };

export default async function QueuesPage() {
  const { me } = await requireStaff();
  if (!maySeeQueues(me)) forbidden();
  return <QueueList />;
}
