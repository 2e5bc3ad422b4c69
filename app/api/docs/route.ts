import { createHash } from "node:crypto";
import type { NextRequest } from "next/server";
import { PREFERENCES_COOKIE, readPreferences } from "../../../components/shell/preferenceCookie.ts";
import { docsPage } from "./_page/page.ts";
import { style } from "./_page/style.ts";

export const dynamic = "force-dynamic";

/** This one style and nothing else: no script, no image, no connection. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The API's document for people. Public, like the document itself. */
export function GET(request: NextRequest): Response {
  const { theme } = readPreferences(request.cookies.get(PREFERENCES_COOKIE)?.value);
  return new Response(docsPage(theme === "system" ? undefined : theme), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": POLICY,
    },
  });
}
