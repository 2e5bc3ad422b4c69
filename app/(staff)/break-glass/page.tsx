import type { Metadata } from "next";
import { GlassRegister } from "../../../components/glass/GlassRegister.tsx";
import { maySeeGlass } from "../../../components/shell/rights.ts";
import { requireRight } from "../../../server/http/pageActor.ts";

export const metadata: Metadata = { title: "Break-glass register" };

export default async function BreakGlassPage() {
  await requireRight(maySeeGlass, "glass.listed", { route: "/break-glass" });
  return <GlassRegister />;
}
