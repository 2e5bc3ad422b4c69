export const dynamic = "force-dynamic";

/** Says that the process answers. Touches nothing else, hence also the floor that benchmarks compare with. */
export function GET(): Response {
  return Response.json({ status: "live" });
}
