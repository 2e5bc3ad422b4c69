import { execFileSync, spawnSync } from "node:child_process";
import { createHash, randomBytes, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAuditSession, type Session } from "../../../db/auditSession.ts";
import { exportLog } from "../export/exportLog.ts";
import { type Head, readHead } from "../sequencer/readTree.ts";
import { answering } from "../test/answering.ts";
import { type LogWorld, logWorld } from "../test/logWorld.ts";
import { makeTimestampQuery, readTimestampReply } from "./rfc3161.ts";
import { timestampSink } from "./timestamp.ts";

const failure = (code: string) => expect.objectContaining({ name: "SinkFailure", code });
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

/** A time-stamp authority of openssl's, in a folder. */
function authority(folder: string, usage = "critical,timeStamping") {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  writeFileSync(
    join(folder, "tsa.cnf"),
    `[tsa]
default_tsa = c
[c]
serial = serial
default_policy = 1.3.6.1.4.1.99999.1
signer_digest = sha256
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[tsa_ext]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = ${usage}
`,
  );
  writeFileSync(join(folder, "serial"), "01");
  const key = ["-newkey", "rsa:2048", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "30",
    "-subj",
    "/CN=Example CA",
    "-config",
    "tsa.cnf",
    "-extensions",
    "ca",
  );
  openssl(
    "req",
    ...key,
    "-keyout",
    "tsa.key",
    "-out",
    "tsa.csr",
    "-subj",
    "/CN=Example TSA",
    "-config",
    "tsa.cnf",
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "tsa.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-out",
    "tsa.pem",
    "-days",
    "20",
    "-extfile",
    "tsa.cnf",
    "-extensions",
    "tsa_ext",
  );
  return {
    ca: new X509Certificate(readFileSync(join(folder, "ca.pem"))).raw,
    reply(query: Buffer): Buffer {
      writeFileSync(join(folder, "q.tsq"), query);
      openssl(
        "ts",
        "-reply",
        "-config",
        "tsa.cnf",
        "-section",
        "c",
        "-queryfile",
        "q.tsq",
        "-inkey",
        "tsa.key",
        "-signer",
        "tsa.pem",
        "-out",
        "r.tsr",
      );
      return readFileSync(join(folder, "r.tsr"));
    },
    verify: (data: string, token: string) =>
      openssl("ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", "ca.pem").toString(),
    text: (query: Uint8Array) => {
      writeFileSync(join(folder, "q.tsq"), query);
      return openssl("ts", "-query", "-in", "q.tsq", "-text").toString();
    },
  };
}

describe("replies that are none, recorded", () => {
  const asked = { data: Buffer.from("x"), nonce: Buffer.of(0x40), trusted: [] };
  test.each([
    ["nothing", "", "bad-answer"],
    ["words", Buffer.from("<html>Service unavailable</html>").toString("hex"), "bad-answer"],
    // PKIStatusInfo { rejection(2) }, as RFC 3161 §2.4.2 has it.
    ["a rejection", "30053003020102", "refused"],
    [
      "a rejection with words",
      `3017301502010230100c0e${Buffer.from("bad request :(").toString("hex")}`,
      "refused",
    ],
    // Granted, and no token.
    ["a grant without a token", "30053003020100", "bad-answer"],
    ["a length that lies", "3082ffff3003020100", "bad-answer"],
  ])("%s", async (_, hex, code) => {
    await expect(readTimestampReply(Buffer.from(hex, "hex"), asked)).rejects.toEqual(failure(code));
  });
});

describe.skipIf(!hasOpenssl)(
  `a time-stamp authority${hasOpenssl ? "" : " (not run: no openssl here)"}`,
  () => {
    let folder: string;
    let tsa: ReturnType<typeof authority>;
    let world: LogWorld;
    let session: Session;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "unseal-tsa-"));
      tsa = authority(folder);
      world = await logWorld();
      session = await openAuditSession(world.urls.audit, "test");
      const one = world.sequencer();
      await world.events(10);
      await world.settled();
      await one.stop();
    });
    afterAll(async () => {
      await session.end();
      await world.close();
      await rm(folder, { recursive: true, force: true });
    });
    const data = Buffer.from("a checkpoint\n");
    const nonce = Buffer.from("4011223344556677", "hex");
    const query = () => Buffer.from(makeTimestampQuery(createHash("sha256").update(data).digest(), nonce));

    test("reads our requests as they are meant", () => {
      const text = tsa.text(query());
      expect(text).toContain("Version: 1");
      expect(text).toContain("Hash Algorithm: sha256");
      expect(text).toContain("0x4011223344556677");
      expect(text).toContain("Certificate required: yes");
    });

    test("stamps a checkpoint; openssl verifies what is kept and exported", async () => {
      const server = await answering((request, response, body) => {
        expect(request.headers["content-type"]).toBe("application/timestamp-query");
        response.writeHead(200, { "content-type": "application/timestamp-reply" }).end(tsa.reply(body));
      });
      const head = (await readHead(session.query)) as Head;
      const sink = timestampSink(server.url, [tsa.ca], 50);
      await sink.deliver(session.query, head, null, AbortSignal.timeout(30_000));
      await server.close();
      const path = join(folder, "export");
      await exportLog(session.query, path);
      const stem = join(path, "timestamps", String(head.size));
      expect(tsa.verify(`${stem}.checkpoint`, `${stem}.127.0.0.1.tst`)).toContain("Verification: OK");
    });

    test("whose reply is to another question, about other data or by another authority, is not believed", async () => {
      const reply = tsa.reply(query());
      const good = { data, nonce, trusted: [tsa.ca] };
      expect((await readTimestampReply(reply, good)).stampedAt.getTime()).toBeGreaterThan(
        Date.now() - 60_000,
      );
      const no = (changed: object) => readTimestampReply(reply, { ...good, ...changed });
      await expect(no({ nonce: randomBytes(8) })).rejects.toEqual(failure("bad-answer"));
      await expect(no({ data: Buffer.from("other") })).rejects.toEqual(failure("bad-answer"));
      await expect(no({ trusted: [] })).rejects.toEqual(failure("bad-signature"));
      const other = mkdtempSync(join(tmpdir(), "unseal-tsa2-"));
      await expect(no({ trusted: [authority(other).ca] })).rejects.toEqual(failure("bad-signature"));
      await rm(other, { recursive: true, force: true });
    });

    test("does not pass with any bit of its reply turned where it counts, nor cut anywhere", async () => {
      const reply = tsa.reply(query());
      const good = { data, nonce, trusted: [tsa.ca] };
      // The signature stands at the end.
      const turned = Buffer.from(reply);
      turned[turned.length - 9] = (turned[turned.length - 9] as number) ^ 4;
      await expect(readTimestampReply(turned, good)).rejects.toEqual(failure("bad-signature"));
      for (let cut = 0; cut < reply.length; cut += 97)
        await expect(readTimestampReply(reply.subarray(0, cut), good)).rejects.toMatchObject({
          name: "SinkFailure",
        });
    });

    test("whose certificate is not for time-stamping is not believed, though everything else is in order", async () => {
      const openssl = (cwd: string, ...args: string[]) =>
        execFileSync("openssl", args, { cwd, stdio: "pipe" });
      // Certificates first: a stamp from before its certificate holds with nobody.
      const authorities = ["critical,timeStamping", "critical,serverAuth", "timeStamping"].map((usage) => {
        const place = mkdtempSync(join(tmpdir(), "unseal-tsa3-"));
        return { place, ca: authority(place, usage).ca };
      });
      tsa.reply(query());
      openssl(folder, "ts", "-reply", "-in", "r.tsr", "-token_out", "-out", "token.der");
      openssl(
        folder,
        "cms",
        "-verify",
        "-noverify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "token.der",
        "-out",
        "info.der",
      );
      /** The same statement, signed under a certificate of that authority. */
      const read = async ({ place, ca }: { place: string; ca: Uint8Array }) => {
        const given = ["-in", join(folder, "info.der"), "-signer", "tsa.pem", "-inkey", "tsa.key"];
        const form = ["-econtent_type", "id-smime-ct-TSTInfo", "-outform", "DER", "-out", "signed.der"];
        openssl(place, "cms", "-sign", "-binary", "-nodetach", "-md", "sha256", ...given, ...form);
        const inner = Buffer.concat([
          Buffer.from("3003020100", "hex"),
          readFileSync(join(place, "signed.der")),
        ]);
        await rm(place, { recursive: true, force: true });
        const reply = Buffer.concat([Buffer.of(0x30, 0x82, inner.length >> 8, inner.length & 0xff), inner]);
        return readTimestampReply(reply, { data, nonce, trusted: [ca] });
      };
      const [good, ...bad] = authorities;
      if (good) await expect(read(good)).resolves.toBeDefined();
      expect(bad).toHaveLength(2);
      for (const one of bad) await expect(read(one)).rejects.toEqual(failure("bad-signature"));
    }, 180_000);
  },
);
