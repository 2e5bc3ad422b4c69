import type { Metadata } from "next";
import { maySeeSignals } from "../../../components/shell/rights.ts";
import { SignalBoard } from "../../../components/signals/SignalBoard.tsx";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Signals" };

export default async function SignalsPage() {
  await requireRight(maySeeSignals, "signal.listed", { route: "/signals" });
  return <SignalBoard />;
}
