/**
 * Sent with every answer, pages and API alike. The content security policy of pages needs a nonce and is set in
 * proxy.ts; the API's is here: it answers data, and data loads nothing.
 */
const EVERYWHERE = [
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-DNS-Prefetch-Control", value: "off" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Origin-Agent-Cluster", value: "?1" },
  // Browsers heed this over HTTPS only (RFC 6797, 8.1).
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
  {
    key: "Permissions-Policy",
    value:
      "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
      "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(self), " +
      "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
  },
];
const API = [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }];

/** @type {import("next").NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Types are a stage of `npm test`. An operator's build has no test packages, and need not wait for the check.
  typescript: { ignoreBuildErrors: true },
  // `cacheComponents` must stay off: it keeps pages alive, hidden, after they are left, and opened content with them.
  // Writing the compiler's cache costs a first build a third of its time, and most machines build once.
  experimental: { authInterrupts: true, turbopackFileSystemCacheForBuild: false },
  async headers() {
    return [
      { source: "/:path*", headers: EVERYWHERE },
      // The API's own pages (/api/docs) bring a policy that fits them.
      { source: "/api/((?!docs).*)", headers: API },
    ];
  },
};
export default config;
