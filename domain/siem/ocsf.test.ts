import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv, { type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ACTOR_KINDS, AUDIT_ACTION_NAMES, AUDIT_OUTCOMES } from "../auditActions.ts";
import { OCSF_CLASSES } from "./classes.ts";
import { mappingOf, type OcsfClass } from "./mapping.ts";
import { ocsfOf } from "./ocsf.ts";
import { barestEvent, exampleEvent } from "./test/event.ts";

const SOURCE = { origin: "example.org/log", version: "1.2.3" };
/** Lies beside the checkout where the formats are kept; the product does not carry it. */
const FORMATS = join(import.meta.dirname, "../../../shared/formats");
const HERE = existsSync(FORMATS) ? FORMATS : undefined;
const CLASSES = Object.keys(OCSF_CLASSES) as OcsfClass[];

test.each(AUDIT_ACTION_NAMES)("%s has a place in OCSF", (action) => {
  const mapping = mappingOf(action);
  expect(mapping.known, "give it a family or a verb in domain/siem/mapping.ts").toBe(true);
  expect([...Object.keys(OCSF_CLASSES[mapping.class].activities), "99"]).toContain(String(mapping.activity));
});

test("an action of another release still becomes an object", () => {
  expect(mappingOf("comet.released").known).toBe(false);
  expect(ocsfOf(exampleEvent({ action: "comet.seen" }), SOURCE)).toMatchObject({
    class_uid: 6003,
    type_uid: 600399,
    activity_name: "comet.seen",
  });
  expect(mappingOf("constructor.toString").known).toBe(false);
});

test("what happened to whom goes where a SIEM looks for it", () => {
  const as = (action: string, changes = {}) => ocsfOf(exampleEvent({ action, ...changes }), SOURCE);
  expect(as("view.opened")).toMatchObject({ class_uid: 6003, activity_id: 2, severity_id: 1, status_id: 1 });
  expect(as("sign_in.attempt")).toMatchObject({ class_uid: 3002, activity_id: 1 });
  expect(as("glass.broken")).toMatchObject({ class_uid: 6003, severity_id: 4, severity: "High" });
  expect(as("policy.confirmed")).toMatchObject({ class_uid: 3004, activity_name: "Activate" });
  expect(as("staff.disabled")).toMatchObject({ class_uid: 3001, activity_id: 5 });
  expect(as("staff.changed", { queueId: null, detail: { roles: ["lead"], regions: ["eu"] } })).toMatchObject({
    class_uid: 3005,
    privileges: ["role:lead", "region:eu"],
  });
  expect(as("staff.queue_membership", { detail: { member: false } })).toMatchObject({ activity_id: 2 });
  expect(as("case.read", { outcome: "denied", detail: { code: "wrong-role" } })).toMatchObject({
    status_id: 2,
    severity_id: 2,
    status_code: "wrong-role",
    status_detail: "denied",
  });
  expect(as("keys.rotated", { outcome: "failed" })).toMatchObject({
    severity_id: 3,
    status_detail: "failed",
  });
});

test("the id is the event's, the order is the log's, and the leaf can be found", () => {
  const event = exampleEvent();
  expect(ocsfOf(event, SOURCE)).toMatchObject({
    time: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    metadata: { uid: event.id, sequence: 41, log_name: "example.org/log", version: "1.8.0" },
    unmapped: { tlog: { origin: "example.org/log", index: 41, leaf_hash: event.leafHash } },
  });
});

test("nothing of a detail leaves but known keys with ids, words and numbers in them", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("code", "roles", "scope", "note", "filters", "vkey", "evidence", "codes", "entry"),
      fc.string({ unit: "grapheme", minLength: 1 }).map((s) => ` CANARY ${s}`),
      (key, secret) => {
        const shapes = [secret, [secret], { [secret]: 1 }, { code: secret }, [[secret]]];
        for (const value of shapes) {
          const text = JSON.stringify(ocsfOf(exampleEvent({ detail: { [key]: value } }), SOURCE));
          expect(text).not.toContain("CANARY");
        }
      },
    ),
  );
  const { unmapped } = ocsfOf(exampleEvent({ detail: { note: "words", codes: { "bad-flag": 2 } } }), SOURCE);
  expect(unmapped).toMatchObject({ detail: { codes: { "bad-flag": 2 } } });
});

describe.skipIf(!HERE)(
  `against the schemas of OCSF 1.8.0${HERE ? "" : ` (not run: ${FORMATS} is not there)`}`,
  () => {
    const validators = new Map<OcsfClass, ValidateFunction>();
    beforeAll(async () => {
      const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
      for (const name of CLASSES) {
        const text = await readFile(join(HERE ?? "", `ocsf-1.8.0-${name}.schema.json`), "utf8");
        validators.set(name, ajv.compile(JSON.parse(text)));
      }
    });

    test.each(AUDIT_ACTION_NAMES)("%s is valid, whoever did it and however it ended", (action) => {
      const validate = validators.get(mappingOf(action).class);
      if (!validate) throw new Error("The class has no schema.");
      for (const make of [exampleEvent, barestEvent]) {
        for (const outcome of Object.keys(AUDIT_OUTCOMES)) {
          for (const actorKind of Object.keys(ACTOR_KINDS)) {
            const detail = { code: "wrong-role", roles: ["lead"], keyId: exampleEvent().id, note: "x" };
            const object = ocsfOf(make({ action, outcome, actorKind, detail }), SOURCE);
            validate(JSON.parse(JSON.stringify(object)));
            expect(validate.errors, `${action} ${outcome} ${actorKind}`).toBeNull();
          }
        }
      }
    });

    test("every class is used, and its schema refuses what does not belong", () => {
      expect([...new Set(AUDIT_ACTION_NAMES.map((action) => mappingOf(action).class))].sort()).toEqual(
        [...CLASSES].sort(),
      );
      const validate = validators.get("api_activity");
      expect(validate?.({ ...ocsfOf(exampleEvent(), SOURCE), reason: "planted" })).toBe(false);
      expect(validate?.({ ...ocsfOf(exampleEvent(), SOURCE), type_uid: 600399 })).toBe(false);
    });
  },
);
