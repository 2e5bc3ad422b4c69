import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readStatus } from "./readStatus.ts";
import { NcmecService } from "./service.ts";

const folder = mkdtempSync(join(tmpdir(), "ncmec-certificate-"));

/** A certificate of our own making; null where there is no openssl to make it. */
function makeCertificate(): { key: string; cert: string } | null {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const options =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  try {
    execFileSync(
      "openssl",
      [...options.split(" "), "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const made = makeCertificate();

test.skipIf(made === null)("a certificate that nobody vouches for gets no credentials", async () => {
  const seen: (string | undefined)[] = [];
  const answer =
    "<reportResponse><responseCode>0</responseCode><responseDescription>Success</responseDescription></reportResponse>";
  const server = createServer({ ...made }, (request, response) => {
    seen.push(request.headers.authorization);
    response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const at = (host: string, authorities?: string) =>
    readStatus(
      new NcmecService({
        environment: "local",
        base: `https://${host}:${port}`,
        username: "sample",
        password: "sample-password",
        authorities,
      }),
    );
  try {
    const refused = { kind: "failed", cause: "certificate", retry: false, inDoubt: false };
    expect(await at("localhost")).toMatchObject(refused);
    // Vouched for, but under another name.
    expect(await at("127.0.0.1", made?.cert)).toMatchObject(refused);
    expect(seen).toEqual([]);
    expect((await at("localhost", made?.cert)).kind).toBe("accepted");
    expect(seen.length).toBe(1);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
