import type { Metadata } from "next";
import { RegisterBoard } from "../../../components/cybertip/RegisterBoard.tsx";
import { maySeeCyberTips } from "../../../components/cybertip/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "CyberTips" };

export default async function CyberTipsPage() {
  await requireRight(maySeeCyberTips, "cybertip.listed", { route: "/cybertips" });
  return <RegisterBoard />;
}
