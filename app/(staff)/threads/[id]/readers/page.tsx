import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ForPerson } from "../../../../../components/readers/ForPerson.tsx";
import { ThreadReaders } from "../../../../../components/readers/ThreadReaders.tsx";
import { mayReadLog } from "../../../../../components/shell/rights.ts";
import { isId } from "../../../../../contracts/isId.ts";
import { requireRight } from "../../../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Who read this thread" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ThreadReadersPage({ params, searchParams }: Props) {
  const { id } = await params;
  const target = { route: "/threads/[id]/readers", ...(isId(id) ? { threadId: id } : {}) };
  await requireRight(mayReadLog, "audit.searched", target);
  if (!isId(id)) notFound();
  const forPerson = (await searchParams).for === "person";
  return forPerson ? <ForPerson key={id} threadId={id} /> : <ThreadReaders key={id} threadId={id} />;
}
