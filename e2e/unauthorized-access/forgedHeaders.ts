/**
 * Headers by which clients have talked their way past middleware, into another handler, or out of who they are. All known
 * forms of CVE-2025-29927 (the header's value depends on the release and on where the file lies), and what Next says to
 * itself between its own parts.
 */
const FILES = ["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware", "app/middleware"];

export const FORGED: readonly Readonly<Record<string, string>>[] = [
  ...FILES.flatMap((file) => [
    { "x-middleware-subrequest": file },
    { "x-middleware-subrequest": Array(5).fill(file).join(":") },
    { "x-middleware-subrequest": Array(20).fill(file).join(":") },
  ]),
  { "X-Middleware-Subrequest": "1" },
  { "x-middleware-subrequest": "true", "x-middleware-subrequest-id": "0".repeat(16) },
  { "x-middleware-prefetch": "1" },
  { "x-middleware-next": "1" },
  { "x-middleware-rewrite": "/api/health/live" },
  { "x-middleware-set-cookie": "unseal-session=0" },
  { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "unseal-session=0" },
  { "x-middleware-invoke": "1" },
  { "x-invoke-path": "/api/health/live", "x-invoke-status": "200", "x-invoke-output": "/api/health/live" },
  { "x-invoke-error": "{}", "x-invoke-query": "%7B%7D" },
  { "x-matched-path": "/api/health/live" },
  { "x-nextjs-matched-path": "/api/health/live" },
  { "x-now-route-matches": "1=00000000-0000-0000-0000-000000000000" },
  { "x-nextjs-data": "1" },
  { "x-nextjs-html-request-id": "1", "x-nextjs-request-id": "1" },
  { "x-prerender-revalidate": "1", "x-prerender-bypass": "1" },
  { purpose: "prefetch", "sec-purpose": "prefetch" },
  { "x-original-url": "/api/health/live", "x-rewrite-url": "/api/health/live" },
  { "x-forwarded-host": "evil.example.org", "x-forwarded-proto": "https", "x-forwarded-port": "443" },
  { "x-forwarded-user": "administrator", "x-remote-user": "administrator", "remote-user": "administrator" },
  { authorization: "Basic YWRtaW5pc3RyYXRvcjphZG1pbmlzdHJhdG9y" },
  { "unseal-background": "1" },
];

/** Headers in which a client can claim to come from elsewhere. */
export const OTHER_ADDRESS: Readonly<Record<string, string>> = {
  "x-forwarded-for": "203.0.113.9, 198.51.100.7",
  "x-real-ip": "203.0.113.9",
  forwarded: "for=203.0.113.9;host=evil.example.org;proto=https",
  "x-client-ip": "203.0.113.9",
  "x-cluster-client-ip": "203.0.113.9",
  "cf-connecting-ip": "203.0.113.9",
  "true-client-ip": "203.0.113.9",
};

/** Headers that ask some frameworks to treat a request as another method. */
export const OTHER_METHOD: readonly string[] = [
  "x-http-method-override",
  "x-http-method",
  "x-method-override",
];

/** What a browser says of a request that another site has made it send. `host` is ours. */
export function fromElsewhere(host: string): readonly Readonly<Record<string, string>>[] {
  const name = host.replace(/:\d+$/, "");
  return [
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "" },
    { "sec-fetch-site": "Same-Origin" },
    { "sec-fetch-site": "same-origin, cross-site" },
    { "sec-fetch-site": "cross-site", origin: `http://${host}` },
    { "sec-fetch-site": "cross-site", referer: `http://${host}/queues` },
    { origin: "https://evil.example.org" },
    { origin: "null" },
    { origin: "" },
    { origin: `http://${name}:1` },
    { origin: `http://${host}.evil.example.org` },
    { origin: `http://evil.example.org/${host}` },
    { origin: `http://${host}@evil.example.org` },
    { origin: "https://evil.example.org", "x-forwarded-host": "evil.example.org" },
    { origin: "not an address" },
  ];
}
