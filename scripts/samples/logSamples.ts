import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openAuditSession, type Query } from "../../db/auditSession.ts";
import { auditSettings } from "../../environment/settings.ts";
import { exportLog } from "../../server/tlog/export/exportLog.ts";
import { proveEvent } from "../../server/tlog/proveEvent.ts";
import type { Sample } from "./sample.ts";

const ABOUT: [RegExp, string][] = [
  [/^checkpoint$/, "the signed root of the log (C2SP tlog-checkpoint)"],
  [/^vkeys$/, "public keys that the log was signed with"],
  [/^README/, "how to verify this folder"],
  [/^tile\/entries\//, "leaves of the log (C2SP tlog-tiles)"],
  [/^tile\//, "hashes of the log (C2SP tlog-tiles)"],
  [/^payload\//, "the values that the leaves commit to, and their salts"],
];

/**
 * The log as `unseal log export` writes it, sequenced and signed by the worker: `unseal log verify` takes the folder as it
 * is. And a proof about one view, with its leaf.
 */
export async function* logSamples(): AsyncGenerator<Sample> {
  const folder = await mkdtemp(join(tmpdir(), "unseal-samples-log-"));
  const session = await openAuditSession(auditSettings().auditDatabaseUrl, "unseal:samples");
  try {
    await settled(session.query);
    await exportLog(session.query, folder);
    const [view] = await session.query<{ id: string }>(
      "select id from audit.events where action = 'view.opened' and outcome = 'done' order by id limit 1",
    );
    const { proof, leaf } = await proveEvent(session.query, view?.id ?? "");
    yield { name: "view.tlog-proof", about: "proof that one view is in the log", data: proof };
    yield { name: "view.leaf", about: "the leaf that it proves", data: leaf };
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const name = relative(folder, path).split("\\").join("/");
      const about = ABOUT.find(([which]) => which.test(name))?.[1] ?? "part of the exported log";
      yield { name, about, data: await readFile(path) };
    }
    const keys = await readFile(join(folder, "vkeys"), "utf8");
    yield { name: "vkey", about: "the public key to verify by", data: `${keys.trim().split("\n").at(-1)}\n` };
  } finally {
    await session.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function settled(query: Query): Promise<void> {
  const end = Date.now() + 120_000;
  while ((await query("select event_id from audit.pending_leaves limit 1")).length > 0) {
    if (Date.now() > end) throw new Error("The log was not sequenced within two minutes.");
    await sleep(100);
  }
}
