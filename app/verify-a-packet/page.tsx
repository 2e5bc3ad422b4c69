import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metadata } from "next";
import { Guide } from "../../components/guide/Guide.tsx";
import { guideBlocks } from "../../components/guide/guideBlocks.ts";

export const metadata: Metadata = { title: "How to verify a packet" };
export const dynamic = "force-dynamic";

/** For whoever holds a packet, with no account and none of our programs. The words are those of `docs/verify-a-packet.md`. */
export default async function VerifyPage() {
  const text = await readFile(join(process.cwd(), "docs/verify-a-packet.md"), "utf8");
  return (
    <main>
      <Guide blocks={guideBlocks(text)} />
    </main>
  );
}
