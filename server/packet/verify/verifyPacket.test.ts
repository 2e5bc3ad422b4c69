import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { indexCsv } from "../../../domain/packet/indexCsv.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import { nativeNdjson } from "../../../domain/packet/native.ts";
import { verifyGuide } from "../../../domain/packet/papers/howToVerify.ts";
import {
  at,
  batches,
  CONVERSATION,
  FACTS,
  joined,
  message,
  revision,
} from "../../../domain/packet/test/sample.ts";
import { parseVkey, type Verifier } from "../../../domain/tlog/note.ts";
import {
  type Changes,
  type Files,
  LOG_KEY,
  PACKET_KEY,
  packetFiles,
  WITNESS_KEY,
  zipOf,
} from "../test/samplePacket.ts";
import { describePacket } from "./describePacket.ts";
import { FAULTS, type Fault } from "./findings.ts";
import { type PacketVerdict, type VerifyRequest, verifyPacket } from "./verifyPacket.ts";

const verifier = (vkey: string): Verifier => {
  const found = parseVkey(vkey);
  if (!found) throw new Error("No vkey.");
  return found;
};
const keys = [verifier(PACKET_KEY.vkey)];
const logKeys = [verifier(LOG_KEY.vkey)];

let folder = "";
let whole: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packet-verify-"));
  whole = await zipOf(await packetFiles());
});
afterAll(() => rm(folder, { recursive: true }));

const seen = new Set<Fault>();
async function verify(request: VerifyRequest): Promise<PacketVerdict> {
  const verdict = await verifyPacket(request);
  for (const { fault } of verdict.findings) seen.add(fault);
  return verdict;
}
async function verdictOf(
  zip: Buffer,
  given: Pick<VerifyRequest, "keys" | "logKeys" | "witnesses"> = { keys, logKeys },
): Promise<PacketVerdict> {
  const path = join(folder, "p.zip");
  await writeFile(path, zip);
  return verify({ path, ...given });
}
const faults = (verdict: PacketVerdict) => [...new Set(verdict.findings.map(({ fault }) => fault))];
const change = (path: string, edit: (text: string) => string) => (files: Files) => {
  const before = files.get(path)?.toString("latin1") ?? "";
  const after = edit(before);
  if (after === before) throw new Error(`Nothing was changed in ${path}.`);
  files.set(path, Buffer.from(after, "latin1"));
};
const remove = (path: string) => (files: Files) => {
  if (!files.delete(path)) throw new Error(`${path} was not there.`);
};
const NATIVE = LAYOUT.native("c0001");
const RSMF = LAYOUT.rsmf("c0001", "2026-05-01", 1);

describe("a packet that is as it was sent", () => {
  test("is sound, as an archive and unpacked", async () => {
    const verdict = await verdictOf(whole);
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({
      packet: FACTS.packet,
      records: 7,
      first: "UNS-000001",
      last: "UNS-000007",
      signedBy: PACKET_KEY.vkey,
      log: { index: 1, size: 3, signedBy: [LOG_KEY.vkey] },
    });
    expect(describePacket(verdict, 0)).toContain("SOUND: everything holds.");
    const unpacked = join(folder, "unpacked", FACTS.packet);
    await writeTo(unpacked, await packetFiles());
    expect((await verify({ path: unpacked, keys, logKeys })).findings).toEqual([]);
    await symlink("/etc/hostname", join(unpacked, "data", "link.txt"));
    expect(faults(await verify({ path: unpacked, keys, logKeys }))).toEqual(["not-a-file"]);
  });

  test("in which nothing was produced is sound, and says so", async () => {
    const head = (text: string) => text.slice(0, text.indexOf("\r\n") + 2);
    const verdict = await verdictOf(
      await zipOf(
        await packetFiles({
          facts: { ...FACTS, bates: { ...FACTS.bates, first: null, last: null } },
          records: (files) => {
            for (const path of [...files.keys()])
              if (/^data\/(native|rsmf|transcripts|attachments|accounts)/.test(path)) files.delete(path);
            for (const path of [LAYOUT.index, LAYOUT.redactions, LAYOUT.withheld]) change(path, head)(files);
          },
          recorded: (detail) => Object.assign(detail, { records: 0, first: "UNS-000001", last: null }),
        }),
      ),
    );
    expect(verdict.findings).toEqual([]);
    expect(describePacket(verdict, 0)).toContain("nothing was produced");
  });

  test("of traffic alone is sound: nothing was said in it that could stand in RSMF", async () => {
    const traffic = [
      message(1, { category: "traffic", revisions: [revision(null)] }),
      message(2, { category: "traffic", revisions: [revision(null)], sentAt: at(60) }),
    ];
    const native = await joined(nativeNdjson(CONVERSATION, batches(traffic)));
    const index = await joined(
      indexCsv(batches(traffic), { conversationOf: () => CONVERSATION, textPathOf: () => null }),
    );
    const head = (text: string) => text.slice(0, text.indexOf("\r\n") + 2);
    const verdict = await verdictOf(
      await zipOf(
        await packetFiles({
          facts: { ...FACTS, bates: { ...FACTS.bates, first: "UNS-000001", last: "UNS-000002" } },
          records: (files) => {
            for (const path of [...files.keys()])
              if (/^data\/(rsmf|transcripts|attachments|accounts)/.test(path)) files.delete(path);
            for (const path of [LAYOUT.redactions, LAYOUT.withheld]) change(path, head)(files);
            files.set(NATIVE, native).set(LAYOUT.index, index);
          },
          recorded: (detail) =>
            Object.assign(detail, { records: 2, first: "UNS-000001", last: "UNS-000002" }),
        }),
      ),
    );
    expect(verdict.findings).toEqual([]);
  });

  test("without the log's key says that this was not asked", async () => {
    const verdict = await verdictOf(whole, { keys, logKeys: [] });
    expect(verdict.findings).toEqual([]);
    const told = describePacket(verdict, 0);
    expect(told).toContain("NOT ASKED");
    expect(told).not.toContain("everything holds");
  });

  test("is not sound without the witness that was asked for", async () => {
    const witness = verifier(WITNESS_KEY.vkey);
    expect(faults(await verdictOf(whole, { keys, logKeys, witnesses: [witness] }))).toEqual([
      "not-witnessed",
    ]);
  });

  test("is not sound by another's key, and says so of packet and log apart", async () => {
    const verdict = await verdictOf(whole, { keys: logKeys, logKeys: keys });
    expect(faults(verdict)).toEqual(["bad-signature", "bad-note", "log-key"]);
    expect(verdict.signedBy).toBeNull();
  });
});

describe("whoever has not the key cannot", () => {
  const cases: [string, (files: Files) => void, Fault[]][] = [
    [
      "change a word",
      change(NATIVE, (t) => t.replace("Before.", "Betore.")),
      ["hash-differs", "record-differs"],
    ],
    ["take a file away", remove(LAYOUT.custody), ["missing-tag-file", "missing-file", "wrong-size"]],
    [
      "add a file",
      (files) => files.set("data/more.txt", Buffer.from("x")),
      ["not-in-manifest", "wrong-size"],
    ],
    ["add a tag file", (files) => files.set("more.txt", Buffer.from("x")), ["not-in-manifest"]],
    ["make it fetch", (files) => files.set("fetch.txt", Buffer.from("x")), ["fetch-file", "not-in-manifest"]],
    ["change a manifest", change(LAYOUT.manifest, (t) => t.replace(/^./, "f")), ["hash-differs"]],
    [
      "rewrite the tag manifest",
      change(LAYOUT.tagManifest, (t) => t.toUpperCase()),
      ["bad-manifest", "bad-signature"],
    ],
    [
      "change bagit.txt",
      change(LAYOUT.bagit, (t) => t.replace("1.0", "0.97")),
      ["not-a-bag", "hash-differs"],
    ],
    ["take the signature away", remove(LAYOUT.signature), ["no-signature"]],
    ["change the signature", change(LAYOUT.signature, (t) => `${t}x`), ["bad-signature"]],
    ["take the note away", remove(LAYOUT.note), ["bad-note"]],
    [
      "swell the note",
      (files) => files.set(LAYOUT.note, Buffer.alloc(2 ** 20 + 1)),
      ["too-large", "bad-note"],
    ],
    [
      "change the certificate",
      change(LAYOUT.certificate, (t) => t.replace("4 messages", "5 messages")),
      ["certificate-changed"],
    ],
    [
      "change the hash in the certificate",
      change(LAYOUT.certificate, (t) => t.replace(/(is\n\n {4})[0-9a-f]/, "$1-")),
      ["certificate-changed", "certificate-of-another"],
    ],
  ];
  test.each(cases)("%s", async (_, last, expected) => {
    const verdict = await verdictOf(await zipOf(await packetFiles({ last })));
    for (const fault of expected) expect(faults(verdict)).toContain(fault);
    expect(describePacket(verdict, 0)).toContain("NOT SOUND");
  });
});

describe("a sender that signs what does not fit together is found out", () => {
  const row = (n: number) => new RegExp(`"UNS-${String(n).padStart(6, "0")}".*\\r\\n`);
  const cases: [string, Changes, Fault][] = [
    ["a number left out", { records: change(LAYOUT.index, (t) => t.replace(row(3), "")) }, "bates-gap"],
    ["a number twice", { records: change(LAYOUT.index, (t) => t.replace(row(3), "$&$&")) }, "bates-gap"],
    ["another range", { facts: { ...FACTS, bates: { ...FACTS.bates, last: "UNS-000008" } } }, "bates-range"],
    ["no index", { records: change(LAYOUT.index, (t) => t.replace("CUSTODIAN", "OWNER")) }, "bad-index"],
    ["a row without cells", { records: change(LAYOUT.index, (t) => `${t}"x"\r\n`) }, "bad-index"],
    ["a quote left open", { records: change(LAYOUT.index, (t) => `${t}"`) }, "bad-index"],
    [
      "another hash in the index",
      { records: change(LAYOUT.index, (t) => t.replace(/"[0-9a-f]{64}"/, `"${"0".repeat(64)}"`)) },
      "record-differs",
    ],
    [
      "another size of a file",
      { records: change(LAYOUT.index, (t) => t.replace(",10,", ",11,")) },
      "record-differs",
    ],
    [
      "a record left out",
      { records: change(NATIVE, (t) => t.replace(/^.*UNS-000007.*\n/m, "")) },
      "record-missing",
    ],
    [
      "a record twice",
      { records: change(NATIVE, (t) => t.replace(/^.*UNS-000007.*\n/m, "$&$&")) },
      "record-not-indexed",
    ],
    ["a record that is none", { records: change(NATIVE, (t) => `${t}{"v":2}\n`) }, "bad-record"],
    ["a record without its line feed", { records: change(NATIVE, (t) => t.slice(0, -1)) }, "bad-record"],
    ["a file that is gone", { records: remove("data/attachments/UNS-000005.png") }, "path-missing"],
    [
      "a file of no number",
      { records: (files) => files.set("data/attachments/UNS-000099.png", Buffer.from("x")) },
      "record-not-indexed",
    ],
    ["a transcript that is gone", { records: remove(LAYOUT.transcript("c0001", 1)) }, "path-missing"],
    [
      "a withheld number left out",
      { records: change(LAYOUT.withheld, (t) => t.replace(/"W-000001".*\r\n/, "")) },
      "bad-withheld",
    ],
    [
      "a file that is not available, untold",
      { records: change(LAYOUT.withheld, (t) => t.replace('"UNS-000006"', "")) },
      "bad-withheld",
    ],
    [
      "a redaction of no record",
      { records: change(LAYOUT.redactions, (t) => t.replaceAll("UNS-000003", "UNS-000004")) },
      "bad-redactions",
    ],
    [
      "custody with a gap",
      { records: change(LAYOUT.custody, (t) => t.replace(/\r\n2,/, "\r\n4,")) },
      "bad-custody",
    ],
    ["RSMF left out", { records: remove(RSMF) }, "rsmf-incomplete"],
    ["RSMF that is no mail", { records: (files) => files.set(RSMF, Buffer.from("x")) }, "bad-rsmf"],
    ["RSMF with bare line feeds", { records: change(RSMF, (t) => t.replaceAll("\r\n", "\n")) }, "bad-rsmf"],
    [
      "RSMF with another count",
      { records: change(RSMF, (t) => t.replace("EventCount: 3", "EventCount: 4")) },
      "bad-rsmf",
    ],
    [
      "RSMF with two attachments",
      {
        records: change(RSMF, (t) =>
          t.replace("Content-Type: text/plain;", "Content-Disposition: attachment\r\n$&"),
        ),
      },
      "bad-rsmf",
    ],
    [
      "RSMF of another day",
      {
        records: (files) => {
          files.set(LAYOUT.rsmf("c0001", "2026-05-03", 1), files.get(RSMF) ?? Buffer.alloc(0));
          files.delete(RSMF);
        },
      },
      "bad-rsmf",
    ],
    [
      "words that RSMF does not have",
      {
        records: (files) => {
          const line = files.get(NATIVE)?.toString() ?? "";
          files.set(NATIVE, Buffer.from(line.replace("[REDACTED: privileged].", "[REDACTED: privileged]!")));
        },
      },
      "rsmf-differs",
    ],
    [
      "records that the list leaves out",
      { logged: change(LAYOUT.records, (t) => t.replace(/^.*\n/, "")) },
      "bad-records-list",
    ],
    ["no proof", { logged: (files) => files.set(LAYOUT.proof, Buffer.from("x")) }, "no-proof"],
    [
      "another place in the log",
      { logged: change(LAYOUT.proof, (t) => t.replace("index 1", "index 2")) },
      "not-in-log",
    ],
    ["another leaf", { logged: change(LAYOUT.leaf, (t) => t.replace("system", "nobody")) }, "not-in-log"],
    [
      "another opening",
      { logged: change(LAYOUT.opening, (t) => t.replace("0f0f", "0f0e")) },
      "opening-differs",
    ],
    [
      "the entry of other records",
      { recorded: (d) => Object.assign(d, { recordsSha512: "0".repeat(128) }) },
      "another-export",
    ],
    [
      "the entry of another packet",
      { recorded: (d) => Object.assign(d, { productionId: "x" }) },
      "another-export",
    ],
    ["the entry of another act", { event: { action: "legal.packet_asked" } }, "another-export"],
    [
      "a wrong count of files",
      { tags: change(LAYOUT.bagInfo, (t) => t.replace(/Oxum: \d/, "Oxum: 9")) },
      "wrong-size",
    ],
    ["a label without a value", { tags: change(LAYOUT.bagInfo, (t) => `${t}Label\n`) }, "bad-bag-info"],
    [
      "a path that leaves the bag",
      { tags: change(LAYOUT.manifest, (t) => `${"0".repeat(128)}  data/../../x\n${t}`) },
      "bad-manifest",
    ],
    [
      "a file twice in a manifest",
      { tags: change(LAYOUT.manifest, (t) => `${t}${t.slice(0, t.indexOf("\n") + 1)}`) },
      "bad-manifest",
    ],
  ];
  test.each(cases)("by %s", async (_, changes, expected) => {
    const verdict = await verdictOf(await zipOf(await packetFiles(changes)));
    expect(faults(verdict)).toContain(expected);
    // It was the sender: what is signed holds.
    expect(verdict.signedBy).toBe(PACKET_KEY.vkey);
  });
});

describe("a hostile archive is told, and harms nothing", () => {
  const at = (zip: Buffer, text: string, from = 0) => zip.indexOf(text, from, "latin1");
  const edited = (edit: (zip: Buffer) => void) => {
    const zip = Buffer.from(whole);
    edit(zip);
    return zip;
  };
  /** Where the entry of a file begins in the directory. */
  const entryOf = (zip: Buffer, name: string) => zip.lastIndexOf(name, undefined, "latin1") - 46;
  const NAME = `${FACTS.packet}/bagit.txt`;
  const renamed = (name: string) =>
    edited((zip) => {
      zip.write(name.padEnd(NAME.length, "x").slice(0, NAME.length), entryOf(zip, NAME) + 46, "latin1");
      zip.write(name.padEnd(NAME.length, "x").slice(0, NAME.length), at(zip, NAME), "latin1");
    });
  const cases: [string, () => Buffer | Promise<Buffer>, Fault][] = [
    ["that is none", () => Buffer.from("PK placeholder"), "not-a-zip"],
    [
      "that is still encrypted with age",
      () => Buffer.from("age-encryption.org/v1\n-> X25519 x"),
      "still-encrypted",
    ],
    ["that is still encrypted with OpenPGP", () => Buffer.of(0xc1, 0x54, 3, ...whole), "still-encrypted"],
    ["that is empty", () => Buffer.alloc(0), "not-a-zip"],
    ["that breaks off", () => whole.subarray(0, whole.length - 100), "not-a-zip"],
    ["with a path that leaves it", () => renamed("../"), "unsafe-name"],
    ["with an absolute path", () => renamed("/"), "unsafe-name"],
    ["with a name that cannot be seen", () => renamed(`${FACTS.packet}/a\u0000b`), "unsafe-name"],
    ["with a name twice", () => renamed(`${FACTS.packet}/manifest`), "missing-file"],
    ["with another folder", () => renamed(`${FACTS.packet.replace("LR", "XX")}/bagit.txt`), "not-one-folder"],
    [
      "with names that differ in case alone",
      async () => zipOf((await packetFiles()).set("data/INDEX.csv", Buffer.from("x"))),
      "clash",
    ],
    [
      "with a name in the directory that the file's own header does not have",
      () => edited((zip) => zip.write("X", entryOf(zip, NAME) + 46 + NAME.length - 1)),
      "headers-differ",
    ],
    [
      "that is encrypted",
      () =>
        edited((zip) => {
          zip.writeUInt16LE(0x0801, entryOf(zip, NAME) + 8);
          zip.writeUInt16LE(0x0801, at(zip, NAME) - 30 + 6);
        }),
      "encrypted",
    ],
    [
      "with a strange method",
      () =>
        edited((zip) => {
          zip.writeUInt16LE(14, entryOf(zip, NAME) + 10);
          zip.writeUInt16LE(14, at(zip, NAME) - 30 + 8);
        }),
      "strange-method",
    ],
    [
      "with files that lie over one another",
      () => edited((zip) => zip.writeUInt32LE(0, entryOf(zip, `${FACTS.packet}/certificate-902.txt`) + 42)),
      "overlap",
    ],
    [
      "with a wrong checksum",
      () =>
        edited((zip) => {
          zip.writeUInt32LE(1, entryOf(zip, NAME) + 16);
          zip.writeUInt32LE(1, at(zip, NAME) - 30 + 14);
        }),
      "damaged-file",
    ],
    [
      "with a size that is not there",
      () =>
        edited((zip) => {
          zip.writeUInt32LE(1, entryOf(zip, NAME) + 24);
          zip.writeUInt32LE(1, at(zip, NAME) - 30 + 22);
        }),
      "damaged-file",
    ],
    [
      "that says it expands beyond all measure",
      () =>
        edited((zip) => {
          zip.writeUInt32LE(0xfffffff0, entryOf(zip, NAME) + 24);
          zip.writeUInt32LE(0xfffffff0, at(zip, NAME) - 30 + 22);
        }),
      "bomb",
    ],
    [
      "with bytes before its directory",
      () => {
        const start = whole.readUInt32LE(whole.length - 6);
        const zip = Buffer.concat([whole.subarray(0, start), Buffer.alloc(100), whole.subarray(start)]);
        zip.writeUInt32LE(start + 100, zip.length - 6);
        return zip;
      },
      "hidden-bytes",
    ],
    [
      "with a file in the directory that the count leaves out",
      () => {
        const zip = Buffer.from(whole);
        for (const place of [zip.length - 14, zip.length - 12])
          zip.writeUInt16LE(zip.readUInt16LE(place) - 1, place);
        return zip;
      },
      "hidden-bytes",
    ],
    [
      "with a file behind the directory",
      () => {
        const start = whole.readUInt32LE(whole.length - 6);
        const more = Buffer.from(whole.subarray(start, start + 46 + whole.readUInt16LE(start + 28)));
        return Buffer.concat([whole.subarray(0, -22), more, whole.subarray(-22)]);
      },
      "hidden-bytes",
    ],
    [
      "with a second directory, which some unpackers take",
      () => {
        const start = whole.readUInt32LE(whole.length - 6);
        const end = Buffer.alloc(76);
        end.writeUInt32LE(0x06064b50, 0);
        end.writeBigUInt64LE(44n, 4);
        end.writeBigUInt64LE(BigInt(whole.readUInt16LE(whole.length - 12)), 24);
        end.writeBigUInt64LE(BigInt(whole.readUInt16LE(whole.length - 12)), 32);
        end.writeBigUInt64LE(BigInt(whole.length - 22 - start), 40);
        end.writeBigUInt64LE(BigInt(start), 48);
        end.writeUInt32LE(0x07064b50, 56);
        end.writeBigUInt64LE(BigInt(whole.length - 22), 64);
        end.writeUInt32LE(1, 72);
        const zip = Buffer.concat([whole.subarray(0, -22), end, whole.subarray(-22)]);
        zip.writeUInt32LE(0, zip.length - 6);
        return zip;
      },
      "hidden-bytes",
    ],
    [
      "with a second name, which some unpackers take",
      () => {
        const start = whole.readUInt32LE(whole.length - 6);
        const name = Buffer.from(`${FACTS.packet}/other.txt`);
        const field = Buffer.alloc(9 + name.length);
        field.writeUInt16LE(0x7075, 0);
        field.writeUInt16LE(5 + name.length, 2);
        field.writeUInt8(1, 4);
        name.copy(field, 9);
        const after = start + 46 + whole.readUInt16LE(start + 28);
        const zip = Buffer.concat([whole.subarray(0, after), field, whole.subarray(after)]);
        zip.writeUInt16LE(field.length, start + 30);
        zip.writeUInt32LE(zip.readUInt32LE(zip.length - 10) + field.length, zip.length - 10);
        return zip;
      },
      "unsafe-name",
    ],
    [
      "that says it holds two million files",
      () => {
        const start = whole.readUInt32LE(whole.length - 6);
        const end = Buffer.alloc(76);
        end.writeUInt32LE(0x06064b50, 0);
        end.writeBigUInt64LE(44n, 4);
        end.writeBigUInt64LE(2_000_000n, 24);
        end.writeBigUInt64LE(2_000_000n, 32);
        end.writeBigUInt64LE(BigInt(start), 48);
        end.writeUInt32LE(0x07064b50, 56);
        end.writeBigUInt64LE(BigInt(whole.length - 22), 64);
        end.writeUInt32LE(1, 72);
        const zip = Buffer.concat([whole.subarray(0, -22), end, whole.subarray(-22)]);
        zip.writeUInt16LE(0xffff, zip.length - 12);
        zip.writeUInt16LE(0xffff, zip.length - 14);
        zip.writeUInt32LE(0xffffffff, zip.length - 6);
        return zip;
      },
      "too-many-files",
    ],
    [
      "with a comment",
      () => {
        const zip = Buffer.concat([whole, Buffer.from("hidden")]);
        zip.writeUInt16LE(6, whole.length - 2);
        return zip;
      },
      "hidden-bytes",
    ],
  ];
  test.each(cases)("%s", async (_, make, expected) => {
    const verdict = await verdictOf(await make());
    expect(faults(verdict)).toContain(expected);
    expect(describePacket(verdict, 0)).toMatch(/^[\x20-\x7e…\n]*$/);
  });

  test("cannot write to the terminal through what it says of the log", async () => {
    const event = { at: "\u001b[2J\u001b[HSOUND: everything holds.\u202e" };
    const verdict = await verdictOf(await zipOf(await packetFiles({ event })));
    expect(describePacket(verdict, 0)).toMatch(/^[\x20-\x7e…\n]*$/);
  });

  test("and whatever byte is changed, nothing is thrown, and what is called sound is what was signed", async () => {
    for (let i = 0; i < 24; i++) {
      const zip = Buffer.from(whole);
      const place = Math.floor((whole.length * i) / 24) + (i % 7);
      zip[place] = (zip[place] ?? 0) ^ 0x15;
      const { count, signedBy } = await verdictOf(zip);
      // Version numbers and the like of the archive itself are nobody's evidence.
      if (count === 0) expect(signedBy).toBe(PACKET_KEY.vkey);
    }
    const verdict = await verdictOf(Buffer.from(whole).fill(0x41, 2000, 2010));
    expect(verdict.count).toBeGreaterThan(0);
  });
});

test("every finding there is has been seen above", () => {
  expect(Object.keys(FAULTS).filter((fault) => !seen.has(fault as Fault))).toEqual([]);
});

test("the guide's own commands hold, typed as they stand", async (context) => {
  const base = join(folder, "guide");
  await mkdir(base);
  await writeFile(join(base, `${FACTS.packet}.zip`), whole);
  for (const tool of ["unzip", "openssl", "sha512sum", "jq", "xxd"])
    try {
      execFileSync("sh", ["-c", `command -v ${tool}`]);
    } catch {
      return context.skip(`no ${tool} here`);
    }
  const typed = verifyGuide(FACTS.packet)
    .flatMap(({ parts }) => parts.flatMap((part) => ("commands" in part ? part.commands : [])))
    .filter((command) => !/^(unseal|bagit\.py|KEY=)/.test(command))
    .map((command) => command.replaceAll("UNS-000123", "UNS-000003"));
  const script = ["set -e", `KEY='${PACKET_KEY.vkey}'`, ...typed].join("\n");
  const told = execFileSync("bash", ["-c", script], { cwd: base, encoding: "utf8" });
  expect(told.match(/Signature Verified Successfully/g)).toHaveLength(2);
  expect(told).toContain("in order");
  const hash = /([0-9a-f]{64}) {2}-\n"UNS-000003".*"([0-9a-f]{64})"/.exec(told);
  expect(hash?.[1]).toBe(hash?.[2]);
  const commitment = /([0-9a-f]{64}) {2}-\n"detailCommitment":"([0-9a-f]{64})"/.exec(told);
  expect(commitment?.[1]).toBe(commitment?.[2]);
  const records = /\n([0-9a-f]{128})\n([0-9a-f]{128}) {2}data\/records-sha512.txt/.exec(told);
  expect(records?.[1]).toBe(records?.[2]);
});

async function writeTo(base: string, files: Files): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), bytes);
  }
}
