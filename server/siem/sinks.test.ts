import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SettingsError } from "../../environment/problem.ts";
import { readSettings } from "../../environment/readSettings.ts";
import { SIEM_KEYS } from "../../environment/settings.ts";
import { DeliveryFailure } from "./DeliveryFailure.ts";
import { gapsOf } from "./gapsOf.ts";
import { sinksOf, targetOf } from "./sinks.ts";

const settings = (values: Record<string, string>) => readSettings(SIEM_KEYS, values);

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sinks-"));
  file = join(folder, "private.pem");
  await writeFile(file, "example", { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

test("nothing configured is nothing sent", () => {
  expect(sinksOf(settings({}))).toEqual([]);
  expect(settings({})).toMatchObject({ siemStart: "beginning", siemAlertMinutes: 15, siemEnterprise: 32473 });
});

test("a host and a port are all that a syslog address is", () => {
  const [sink] = sinksOf(settings({ UNSEAL_SIEM_SYSLOG_URL: "tls://siem.example.org" }));
  expect(sink).toMatchObject({ name: "syslog", host: "siem.example.org", port: 6514 });
  expect(sinksOf(settings({ UNSEAL_SIEM_SYSLOG_URL: "tls://[::1]:7000" }))[0]).toMatchObject({
    host: "::1",
    port: 7000,
  });
  for (const wrong of [
    "tcp://siem.example.org:514",
    "siem.example.org",
    "tls://",
    "tls://u@h",
    "tls://h/path",
    "tls://h?x",
  ])
    expect(() => settings({ UNSEAL_SIEM_SYSLOG_URL: wrong }), wrong).toThrow(SettingsError);
});

test("an address that events are posted to is https and carries no secret", () => {
  const [sink] = sinksOf(
    settings({ UNSEAL_SIEM_HTTPS_URL: "https://siem.example.org:8443/in", UNSEAL_SIEM_TOKEN_FILE: file }),
  );
  expect(sink && targetOf(sink)).toBe("siem.example.org:8443");
  for (const wrong of [
    "http://siem.example.org/in",
    "https://u:p@siem.example.org/",
    "https://siem.example.org/?token=x",
    "ftp://h",
  ])
    expect(() => settings({ UNSEAL_SIEM_HTTPS_URL: wrong }), wrong).toThrow(SettingsError);
});

test("what belongs together must come together, and the message says what, why and how", () => {
  const halves: Record<string, string>[] = [
    { UNSEAL_SIEM_CLIENT_CERT_FILE: file },
    { UNSEAL_SIEM_CLIENT_KEY_FILE: file },
    { UNSEAL_SIEM_TOKEN_FILE: file },
  ];
  for (const half of halves) {
    expect(() => sinksOf(settings(half))).toThrow(SettingsError);
    expect(() => sinksOf(settings(half))).toThrow(/why: .+\n {4}how: /);
  }
  expect(() => settings({ UNSEAL_SIEM_CA_FILE: join(folder, "none.pem") })).toThrow("names no regular file");
});

test("what went wrong is told in a word of ours", () => {
  const word = (code: string) => DeliveryFailure.from(Object.assign(new Error("secret"), { code }));
  expect(word("ECONNREFUSED").code).toBe("refused");
  expect(word("ERR_TLS_CERT_ALTNAME_INVALID").code).toBe("certificate");
  expect(word("DEPTH_ZERO_SELF_SIGNED_CERT").code).toBe("certificate");
  expect(word("UNABLE_TO_VERIFY_LEAF_SIGNATURE").code).toBe("certificate");
  expect(word("ERR_SSL_WRONG_VERSION_NUMBER").code).toBe("tls");
  expect(word("secret").code).toBe("failed");
  expect(word("secret").message).not.toContain("secret");
});

test("gaps are what is missing before and between, never what is still to come", () => {
  expect(gapsOf(5, [])).toEqual([]);
  expect(gapsOf(5, [5, 6, 7])).toEqual([]);
  expect(gapsOf(5, [7, 8, 11])).toEqual([
    { first: 5, last: 6 },
    { first: 9, last: 10 },
  ]);
});
