import { execFile } from "node:child_process";
import { createHash, randomBytes, randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { FlagInput, Receipt } from "../../contracts/intake.ts";
import { writeSchema } from "../../domain/cybertip/schema/writeSchema.ts";
import { OFFICIAL_XSD, SchemaCheck } from "../../domain/cybertip/test/officialSchema.ts";
import { type RunningNcmec, startNcmec } from "../../scripts/ncmec/startNcmec.ts";
import { admin } from "../support/admin.ts";
import { exampleFlag } from "../support/flags.ts";
import { makePlatform } from "../support/platform.ts";
import { makeQueue, route } from "../support/queues.ts";
import { hire, type Member } from "../support/staff.ts";
import { target } from "../target.ts";
import { samplePng } from "./samplePng.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const REPORTER = {
  reportingPerson: { firstName: "Sample", lastName: "Reporter", email: [{ value: "safety@example.org" }] },
};

/** A file that the platform has, and what intake is told of it. */
interface PlatformFile {
  readonly bytes: Buffer;
  readonly path: string;
}

/**
 * The local CyberTipline service, a platform with files, a restricted queue, two specialists with the clearance and
 * counsel: what reports need to be filed end to end. Filing is live, and leads nowhere but to this machine.
 */
export async function makeFilingStage() {
  const queue = await makeQueue("Child safety", { restrictedSubject: "child_safety" });
  await route("child_safety", "eu", queue);
  const platform = await makePlatform();
  const cleared = { queues: [queue], clearances: ["child_safety"] };
  const [writer, approver, counsel] = await Promise.all([
    hire(["specialist"], cleared),
    hire(["specialist"], cleared),
    hire(["legal_counsel"]),
  ]);
  const files = new Map<string, Buffer>();
  const cdn = await serve(files);
  const origin = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}`;
  await admin()`insert into cybertip.attachment_sources (platform_id, origins, inside)
    values (${platform.id}, ${[origin]}, true)`;

  const password = randomBytes(12).toString("hex");
  // Away from our own data: what the service was sent it keeps, and nothing of it may be found with us.
  const folder = mkdtempSync(join(tmpdir(), "unseal-ncmec-"));
  // No two services of one run may give the same numbers: NCMEC never does.
  mkdirSync(join(folder, "reports", String(randomInt(200_000_000, 900_000_000))), { recursive: true });
  const ncmec = await startNcmec({ folder, username: "sample", password });
  const passwordFile = join(folder, "password");
  const reporterFile = join(folder, "reporter.json");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  writeFileSync(reporterFile, JSON.stringify(REPORTER));
  await unseal(
    ...["configure", "--environment", "local", "--base", ncmec.base, "--username", "sample"],
    ...["--password-file", passwordFile, "--reporter", reporterFile],
  );
  await unseal("live", "on");

  return {
    queue,
    platform,
    ncmec,
    people: { writer, approver, counsel } satisfies Record<string, Member>,

    /** A case about words alone. */
    deliver: (): Promise<Receipt> => platform.deliver(exampleFlag({ category: "child_safety" })),

    /** A case whose flagged message carries a picture. */
    async deliverMedia(): Promise<Receipt & { file: PlatformFile }> {
      const flag = exampleFlag({ category: "child_safety" });
      const file = { bytes: samplePng(randomBytes(3)), path: `/${randomBytes(8).toString("hex")}.png` };
      files.set(file.path, file.bytes);
      const receipt = await platform.deliver(withPicture(flag, file, origin));
      return { ...receipt, file };
    },
    /** From now on the platform gives something else for a file, or nothing. */
    change: (file: PlatformFile, bytes: Buffer | null): void => {
      if (bytes) files.set(file.path, bytes);
      else files.delete(file.path);
    },

    /** What the service has of a report, once it is finished. */
    received: (ncmecReportId: string) => receivedBy(ncmec, ncmecReportId),

    async end(): Promise<void> {
      await unseal("live", "off");
      await ncmec.stop();
      cdn.closeAllConnections();
      await new Promise((done) => cdn.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type FilingStage = Awaited<ReturnType<typeof makeFilingStage>>;

/** The `unseal cybertip` command, as the administrator of the machine runs it. */
async function unseal(...words: string[]): Promise<void> {
  const { dataDir, adminUrl } = target();
  await promisify(execFile)(
    process.execPath,
    [join(ROOT, "cli/index.ts"), `--env-file=${join(dataDir, "demo.env")}`, "cybertip", ...words],
    { cwd: ROOT, env: { ...process.env, ADMIN_DATABASE_URL: adminUrl } },
  );
}

async function serve(files: ReadonlyMap<string, Buffer>): Promise<Server> {
  const server = createServer((request, response) => {
    const bytes = files.get(request.url ?? "");
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

const hashOf = (algorithm: string, bytes: Buffer): string =>
  createHash(algorithm).update(bytes).digest("hex");

function withPicture(flag: FlagInput, { bytes, path }: PlatformFile, origin: string): FlagInput {
  const attachment = {
    mediaType: "image/png",
    sizeBytes: bytes.length,
    md5: hashOf("md5", bytes),
    sha256: hashOf("sha256", bytes),
    location: `${origin}${path}`,
  };
  const messages = flag.thread.messages.map((message) =>
    flag.flaggedMessageIds.includes(message.id)
      ? { ...message, kind: "media" as const, attachments: [attachment] }
      : message,
  );
  return { ...flag, thread: { ...flag.thread, messages } };
}

/** Every document that the service got for a report, and whether each is valid against the schema. */
function receivedBy(ncmec: RunningNcmec, ncmecReportId: string) {
  const report = ncmec.reports().find((one) => one.reportId === ncmecReportId);
  if (!report) throw new Error("The service knows no such report.");
  using schema = new SchemaCheck(OFFICIAL_XSD ?? writeSchema("2025-11"));
  const xml = readFileSync(ncmec.path(ncmecReportId, "report.xml"), "utf8");
  const details = report.files
    .filter(({ described }) => described)
    .map(({ fileId }) => readFileSync(ncmec.path(ncmecReportId, `fileDetails-${fileId}.xml`), "utf8"));
  const problems = [xml, ...details].map((one) => schema.problemOf(one)).filter((one) => one !== null);
  return { report, xml, details, problems };
}
