import { readiness } from "../../../../server/health/readiness.ts";

export const dynamic = "force-dynamic";

/**
 * Says whether this process can serve. 200 `{"status":"ready"}`; 503 problem+json naming the checks that fail (RFC
 * 9457), for load balancers and operators.
 */
export async function GET(): Promise<Response> {
  const checks = await readiness();
  const failing = checks.filter(({ ok }) => !ok);
  if (failing.length === 0)
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  return Response.json(
    {
      type: "about:blank",
      title: "Not ready to serve",
      status: 503,
      code: "not-ready",
      detail: `Failing: ${failing.map(({ name, code }) => `${name} (${code})`).join(", ")}. See the log of this process.`,
      checks,
    },
    {
      status: 503,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        "retry-after": "5",
      },
    },
  );
}
