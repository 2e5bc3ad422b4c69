import { createHash, randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keptName } from "../../../domain/legal/fileNames.ts";
import { keepDocument } from "../../disclosure/keepDocument.ts";
import { readDocument } from "../../disclosure/readDocument.ts";
import { writeDocument } from "../../disclosure/writeDocument.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { configureLegal } from "../operator.ts";
import { readRequest } from "../requests/readRequest.ts";
import { register } from "../test/register.ts";
import { ScanDocument } from "./ScanDocument.ts";
import { sentDocument } from "./sentDocument.ts";

let world: World;
let counsel: Person;
let requestId: string;
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  world = await makeWorld();
  counsel = await world.person(["legal_counsel"]);
  ({ requestId } = await register(world, counsel));
  // Nothing waits for a signature that nobody gives here.
  await world.admin`update audit.log_settings set strict = false`;
  await configureLegal(world.admin, { mostDocumentBytes: 3 * 1024 * 1024 });
});
afterAll(() => world.end());

async function* chunks(bytes: Buffer, size = 70_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const keep = (name: string, bytes: Buffer | string, size: number | null = null) =>
  keepDocument(counsel.actor, requestId, { name, kind: "order", size, bytes: chunks(Buffer.from(bytes)) });
const pdf = (inside = "") =>
  `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`;
const warningsOf = (text: string | Buffer, name = "order.pdf") => {
  const scan = new ScanDocument();
  const bytes = Buffer.from(text);
  // In pieces that cut through everything.
  for (let at = 0; at < bytes.length; at += 7) scan.take(bytes.subarray(at, at + 7));
  return scan.finish(name).warnings;
};
const leftBehind = async () => {
  const [row] = await world.admin`select
    (select count(*)::int from sealed.legal_document_pieces p where not exists (select from legal.documents d where d.id = p.document_id)) as pieces,
    (select count(*)::int from sealed.thread_keys k where k.thread_id = ${requestId} and not exists (select from legal.documents d where d.key_id = k.key_id)) as keys`;
  return row;
};

test("a document rests as ciphertext in pieces and comes back byte for byte, on record before", async () => {
  const bytes = Buffer.concat([Buffer.from(pdf("canary-in-a-document")), randomBytes(2_500_000)]);
  const kept = await keep("Order – Gericht.pdf", bytes);
  expect(kept).toMatchObject({
    name: "Order – Gericht.pdf",
    mediaType: "application/pdf",
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  });
  const pieces =
    await world.admin`select n, piece_ct from sealed.legal_document_pieces where document_id = ${kept.id} order by n`;
  expect(pieces).toHaveLength(3);
  expect(Buffer.concat(pieces.map((one) => one.piece_ct as Buffer)).includes("canary-in-a-document")).toBe(
    false,
  );

  const response = writeDocument("/test", await readDocument(counsel.actor, requestId, kept.n));
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  expect(response.headers.get("content-security-policy")).toContain("sandbox");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-disposition")).toBe(
    "attachment; filename=\"Order _ Gericht.pdf\"; filename*=UTF-8''Order%20%E2%80%93%20Gericht.pdf",
  );
  const [event] = await world.events("legal.document_read");
  expect(event).toMatchObject({
    outcome: "done",
    actor_id: counsel.id,
    detail: { requestId, documentId: kept.id },
  });
});

test("a document that is larger than is taken, empty or cut off leaves nothing behind", async () => {
  const large = Buffer.alloc(3 * 1024 * 1024 + 1, 0x41);
  await expect(keep("large.pdf", large)).rejects.toThrow(refused("document-too-large"));
  // What says that it has two gigabytes is not even listened to.
  const bytes = (async function* () {
    expect.unreachable("not one byte is taken");
    yield Buffer.alloc(0);
  })();
  await expect(
    keepDocument(counsel.actor, requestId, { name: "2gb.pdf", kind: "order", size: 2 ** 31, bytes }),
  ).rejects.toThrow(refused("document-too-large"));
  await expect(keep("empty.pdf", "")).rejects.toThrow(refused("document-empty"));
  await expect(keep("short.pdf", pdf(), 5000)).rejects.toThrow(refused("document-broken-off"));
  const broken = (async function* () {
    yield Buffer.alloc(2_000_000, 0x41);
    throw new Error("connection reset");
  })();
  await expect(
    keepDocument(counsel.actor, requestId, { name: "broken.pdf", kind: "order", size: null, bytes: broken }),
  ).rejects.toThrow(refused("document-broken-off"));
  expect(await leftBehind()).toEqual({ pieces: 0, keys: 0 });
});

test("a document that arrives while the request is closed to it was never here", async () => {
  const { requestId: other } = await register(world, counsel);
  const late = (async function* () {
    yield Buffer.from(pdf());
    await world.admin`update legal.requests set state = 'withdrawn', ended_by = ${counsel.id}, ended_reason = 'x' where id = ${other}`;
    await world.admin`update legal.requests set state = 'closed', outcome = 'withdrawn', closed_at = now() where id = ${other}`;
  })();
  await expect(
    keepDocument(counsel.actor, other, { name: "late.pdf", kind: "order", size: null, bytes: late }),
  ).rejects.toThrow(refused("request-not-open"));
  const [row] =
    await world.admin`select count(*)::int as n from sealed.legal_document_pieces where thread_id = ${other}`;
  expect(row?.n).toBe(0);
});

test("names with a path, of nothing, of a device or that read backwards are made safe, and case alone tells none apart", async () => {
  const name = (sent: string, taken: string[] = []) => keptName(sent, taken)?.name;
  expect(name("../../etc/passwd")).toBe("passwd");
  expect(name("..\\..\\windows\\system.ini")).toBe("system.ini");
  expect(name(".htaccess")).toBe("htaccess");
  expect(name("con.pdf")).toBe("_con.pdf");
  expect(name("order\u202Efdp.exe")).toBe("orderfdp.exe");
  expect(name("a\r\nb\0.pdf")).toBe("ab.pdf");
  for (const nothing of ["", "..", "../", "\u200B", "   "]) expect(keptName(nothing, [])).toBeNull();
  expect(keptName("أمر قضائي 😀.pdf", [])).toEqual({ name: "أمر قضائي 😀.pdf", warnings: [] });
  expect(keptName("Order.PDF", ["order.pdf"])).toEqual({
    name: "Order (2).PDF",
    warnings: ["name_differs_in_case", "name_changed"],
  });
  const long = keptName(`${"😀".repeat(300)}.pdf`, []);
  expect(long?.name.length).toBeLessThanOrEqual(200);
  expect(long?.name.endsWith(".pdf")).toBe(true);

  await keep("letter.pdf", pdf("1"));
  const second = await keep("LETTER.pdf", pdf("2"));
  expect(second.name).toBe("LETTER (2).pdf");
  expect(second.warnings.map((one) => one.warning)).toContain("name_differs_in_case");
  const again = await keep("other.pdf", pdf("2"));
  expect(again.warnings.map((one) => one.warning)).toContain("same_bytes_as_before");
  await expect(keep("../", pdf())).rejects.toThrow(refused("bad-file-name"));
});

test("what is no PDF, and what in a PDF is not only for reading, is told and never run", async () => {
  expect(warningsOf(pdf())).toEqual([]);
  expect(warningsOf(pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"))).toEqual([
    "pdf_javascript",
    "pdf_opens_by_itself",
  ]);
  expect(warningsOf(pdf("/A << /S /#4Caunch >>"))).toEqual(["pdf_launch_action"]);
  expect(warningsOf(pdf("/Names << /EmbeddedFiles 2 0 R >>"))).toEqual(["pdf_embedded_files"]);
  expect(warningsOf(pdf("/JSON /AAA /Launched"))).toEqual([]);
  expect(warningsOf(`${pdf()}`.replace("%%EOF", ""))).toEqual(["pdf_cut_off"]);
  const hidden = deflateSync(Buffer.from("<< /S /JavaScript /JS 5 0 R >>"));
  const stream = Buffer.concat([
    Buffer.from("%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /N 1 /Filter /FlateDecode >>\nstream\n"),
    hidden,
    Buffer.from("\nendstream\nendobj\n%%EOF\n"),
  ]);
  expect(warningsOf(stream)).toEqual(["pdf_javascript"]);
  expect(warningsOf("MZ\x90\x00 program")).toEqual(["executable", "not_a_pdf", "type_differs_from_name"]);
  expect(warningsOf("<html><script>1</script></html>")).toEqual(["not_a_pdf", "type_differs_from_name"]);
  expect(warningsOf("A letter.\n", "letter.txt")).toEqual(["not_a_pdf"]);
  expect(warningsOf(Buffer.from("504b0304aabb", "hex"), "all.zip")).toEqual(["archive", "not_a_pdf"]);
  const kept = await keep("order2.pdf", "<!doctype html><p>not a PDF");
  expect(kept.mediaType).toBe("text/html");
});

test("nobody but counsel takes a document out, and not by another session or before it is on record", async () => {
  const { n } = await keep("secret.pdf", pdf("3"));
  for (const role of ["compliance_officer", "administrator", "moderator"] as const) {
    const { actor } = await world.person([role]);
    await expect(readDocument(actor, requestId, n), role).rejects.toThrow(refused("wrong-role"));
  }
  await expect(readDocument(counsel.actor, requestId, 999)).rejects.toThrow(refused("document-not-known"));
  const read = (reading: unknown, token: string | null) =>
    world.admin`select legal.read_document(${world.admin.json({ ...counsel.actor, token })}, ${reading as string}, 0) as answer`;
  // Opened and read in one transaction: the record could still be taken back.
  await world.admin
    .begin(async (tx) => {
      const [opened] =
        await tx`select legal.open_document(${tx.json({ ...counsel.actor })}, ${requestId}, ${n}) as answer`;
      const [row] =
        await tx`select legal.read_document(${tx.json({ ...counsel.actor })}, ${opened?.answer.readingId}, 0) as answer`;
      expect(row?.answer).toMatchObject({ ok: false, code: "view-not-committed" });
      throw new Error("rolled back");
    })
    .catch((error: Error) => expect(error.message).toBe("rolled back"));
  const [opened] =
    await world.admin`select legal.open_document(${world.admin.json({ ...counsel.actor })}, ${requestId}, ${n}) as answer`;
  const { actor: elsewhere } = await world.session(counsel.id);
  const [other] = await read(opened?.answer.readingId, elsewhere.token);
  expect(other?.answer).toMatchObject({ ok: false, code: "other-session" });
  const [mine] = await read(opened?.answer.readingId, counsel.actor.token);
  expect(mine?.answer.ok).toBe(true);
  await world.admin`update staff.members set roles = '{auditor}' where id = ${counsel.id}`;
  const [demoted] = await read(opened?.answer.readingId, counsel.actor.token);
  await world.admin`update staff.members set roles = '{legal_counsel}' where id = ${counsel.id}`;
  expect(demoted?.answer).toMatchObject({ ok: false, code: "wrong-role" });
});

test("the route takes a name in any script, and says which header is wrong", async () => {
  const of = (headers: Record<string, string>) =>
    sentDocument(new Request("http://127.0.0.1/", { method: "POST", headers, body: "x" }));
  expect(of({ "x-file-name": encodeURIComponent("命令.pdf") })).toMatchObject({
    name: "命令.pdf",
    kind: "other",
  });
  expect(of({}).name).toBe("document");
  expect(() => of({ "x-file-name": "" })).toThrow(refused("bad-field"));
  expect(() => of({ "x-file-name": "%zz" })).toThrow(refused("bad-file-name"));
  expect(() => of({ "x-file-name": "a", "x-document-kind": "virus" })).toThrow(refused("bad-field"));
  expect((await readRequest(counsel.actor, requestId)).documents.length).toBeGreaterThan(4);
});
