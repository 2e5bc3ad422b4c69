import type { Metadata } from "next";
import { ReviewBoard } from "../../../components/reviews/ReviewBoard.tsx";
import { maySeeSignals } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Reviews" };

export default async function ReviewsPage() {
  await requireRight(maySeeSignals, "review.listed", { route: "/reviews" });
  return <ReviewBoard />;
}
