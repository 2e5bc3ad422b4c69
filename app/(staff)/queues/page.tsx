import type { Metadata } from "next";
import { QueueList } from "../../../components/queues/QueueList.tsx";
import { maySeeQueues } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Queues" };

export default async function QueuesPage() {
  await requireRight(maySeeQueues, "queue.list", { route: "/queues" });
  return <QueueList />;
}
