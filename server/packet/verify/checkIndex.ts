import { INDEX_COLUMNS } from "../../../domain/packet/indexCsv.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import { CUSTODY_COLUMNS, REDACTION_COLUMNS, WITHHELD_COLUMNS } from "../../../domain/packet/listsCsv.ts";
import { ATTACHMENT_STATUSES } from "../../../domain/packet/model.ts";
import type { Bag } from "./checkBag.ts";
import type { Findings } from "./findings.ts";
import { type IndexRow, IndexTable, RECORD_TYPES } from "./IndexTable.ts";
import type { OpenPacket } from "./openPacket.ts";
import { CsvProblem, readCsv } from "./readFiles.ts";

/** Reads the index: its numbers, and whether what it names is there. */
export async function readIndex(packet: OpenPacket, { info }: Bag, findings: Findings): Promise<IndexTable> {
  const table = new IndexTable();
  let parent = "";
  await reading(packet, LAYOUT.index, findings, "bad-index", async () => {
    for await (const { n, row } of readCsv(packet, LAYOUT.index, INDEX_COLUMNS)) {
      const where = `${LAYOUT.index} record ${n}${row.BEGBATES === "" ? "" : ` (${row.BEGBATES})`}`;
      const read = rowOf(row);
      if (!read || row.BEGBATES !== row.ENDBATES) {
        findings.add("bad-index", where);
        continue;
      }
      if (!table.add(row.BEGBATES, read)) findings.add("bates-gap", where);
      if (read.type === "attachment" ? row.PARENTBATES !== parent : row.PARENTBATES !== "")
        findings.add("bad-index", where);
      if (read.type === "message") parent = row.BEGBATES;
      for (const path of [read.path, row.TEXT_PATH])
        if (path !== "" && !packet.files.has(path)) findings.add("path-missing", `${where} names ${path}`);
    }
  });
  const range = table.size === 0 ? "none" : `${table.firstBates} to ${table.lastBates}`;
  if (packet.files.has(LAYOUT.index) && info.get("bates-range") !== range)
    findings.add("bates-range", `the index has ${range}`);
  return table;
}

function rowOf(row: Readonly<Record<(typeof INDEX_COLUMNS)[number], string>>): IndexRow | undefined {
  const type = RECORD_TYPES.find((one) => one === row.RECORD_TYPE);
  const status = ATTACHMENT_STATUSES.find((one) => one === row.STATUS);
  const produced = status === "produced";
  const whole = /^[0-9a-f]{64}$/.test(row.SHA256) && /^\d{1,15}$/.test(row.SIZE) && row.NATIVE_PATH !== "";
  const nothing = row.SHA256 === "" && row.SIZE === "" && row.NATIVE_PATH === "";
  if (!type || !status || (produced ? !whole : !nothing || type !== "attachment")) return undefined;
  if (row.REDACTED !== "Y" && row.REDACTED !== "N") return undefined;
  if (type === "attachment" && produced && !row.NATIVE_PATH.startsWith(`data/attachments/${row.BEGBATES}.`))
    return undefined;
  const redacted = row.REDACTED === "Y";
  const content = row.CATEGORY === "content";
  return {
    type,
    content,
    produced,
    redacted,
    path: row.NATIVE_PATH,
    sha256: row.SHA256,
    size: Number(row.SIZE) || 0,
  };
}

/** Holds the files of messages against their rows. */
export function checkAttachments(
  packet: OpenPacket,
  index: IndexTable,
  sha256: ReadonlyMap<string, string>,
  findings: Findings,
): void {
  for (const [path, hash] of sha256) {
    const i = index.find(/^data\/attachments\/([^./]+)\.[^./]+$/.exec(path)?.[1] ?? "");
    const row = i === -1 ? undefined : index.row(i);
    if (row?.type !== "attachment" || row.path !== path) findings.add("record-not-indexed", path);
    else {
      index.see(i);
      if (row.sha256 !== hash || row.size !== packet.files.get(path)) findings.add("record-differs", path);
    }
  }
}

/** Every row must have been found, when all records were looked at. */
export function checkAllFound(index: IndexTable, findings: Findings): void {
  for (let i = 0; i < index.size; i++) {
    const { type, content, produced } = index.row(i);
    if (produced && !index.isSeen(i)) findings.add("record-missing", index.batesOf(i));
    // Where nothing that was said is produced there is nothing to review, and no RSMF file.
    if (type === "message" && content && !index.isInRsmf(i))
      findings.add("rsmf-incomplete", index.batesOf(i));
  }
}

/** The lists beside the index agree with it. */
export async function checkLists(packet: OpenPacket, index: IndexTable, findings: Findings): Promise<void> {
  await reading(packet, LAYOUT.withheld, findings, "bad-withheld", async () => {
    let absent = 0;
    for await (const { n, row } of readCsv(packet, LAYOUT.withheld, WITHHELD_COLUMNS)) {
      const where = `${LAYOUT.withheld} record ${n}`;
      if (row.NUMBER !== `W-${String(n - 1).padStart(6, "0")}`) findings.add("bad-withheld", where);
      if (row.BATES === "") continue;
      absent += 1;
      const i = index.find(row.BATES);
      if (i === -1 || index.row(i).produced) findings.add("bad-withheld", `${where} (${row.BATES})`);
    }
    for (let i = 0; i < index.size; i++) if (!index.row(i).produced) absent -= 1;
    if (absent !== 0)
      findings.add("bad-withheld", `${LAYOUT.withheld} does not name every file that is not available`);
  });
  await reading(packet, LAYOUT.redactions, findings, "bad-redactions", async () => {
    for await (const { n, row } of readCsv(packet, LAYOUT.redactions, REDACTION_COLUMNS)) {
      const i = index.find(row.BATES);
      if (i === -1 || !index.row(i).redacted || !row.REDACTION_ID.startsWith(`${row.BATES}/`))
        findings.add("bad-redactions", `${LAYOUT.redactions} record ${n}`);
    }
  });
  await reading(packet, LAYOUT.custody, findings, "bad-custody", async () => {
    for await (const { n, row } of readCsv(packet, LAYOUT.custody, CUSTODY_COLUMNS))
      if (row.SEQ !== String(n - 1)) findings.add("bad-custody", `${LAYOUT.custody} record ${n}`);
  });
}

async function reading(
  packet: OpenPacket,
  path: string,
  findings: Findings,
  fault: "bad-index" | "bad-withheld" | "bad-redactions" | "bad-custody",
  read: () => Promise<void>,
): Promise<void> {
  if (!packet.files.has(path)) return;
  try {
    await read();
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    findings.add(fault, `${path} record ${error.line}`);
  }
}
