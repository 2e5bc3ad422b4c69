import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FILE_DETAILS } from "../../../domain/cybertip/model/fileDetails.ts";
import type { ComplexType, Field } from "../../../domain/cybertip/model/kinds.ts";
import { REPORT } from "../../../domain/cybertip/model/report.ts";
import type { SchemaVersion } from "../../../domain/cybertip/model/versions.ts";
import { writePointer } from "../../../domain/cybertip/pointer.ts";
import { MEME_FILE, REPORTED_FILE, TRANSCRIPT_FILE } from "../../../domain/cybertip/samples/fileDetails.ts";
import { INCIDENT_REPORT } from "../../../domain/cybertip/samples/incidentReport.ts";
import { validateReport } from "../../../domain/cybertip/validate.ts";
import { isSimpleContent } from "../../../domain/cybertip/walkModel.ts";
import { FieldGroup } from "./FieldGroup.tsx";
import { FormProvider, idOf } from "./FormContext.tsx";
import { indexProblems } from "./problems.ts";

function drawn(
  type: ComplexType,
  value: unknown,
  { version = "2025-11" as SchemaVersion, problems = indexProblems([]), readOnly = false } = {},
): string {
  const field: Field = { type, min: 1, many: false, label: "The whole document", help: "All of it." };
  const api = { version, readOnly, problems, edit: () => {}, derived: () => null };
  return renderToStaticMarkup(
    <FormProvider value={api}>
      <FieldGroup type={type} field={field} path={[]} value={value} />
    </FormProvider>,
  );
}

const leaves = (value: unknown, path: (string | number)[] = []): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, one]) =>
        leaves(one, [...path, Array.isArray(value) ? Number(name) : name]),
      )
    : [writePointer(path)];

/** Every complex type below one, each once. */
function typesBelow(type: ComplexType, found = new Set<ComplexType>()): Set<ComplexType> {
  found.add(type);
  for (const field of [...Object.values(type.attributes), ...Object.values(type.elements)])
    if (field.type.kind === "complex" && !found.has(field.type)) typesBelow(field.type, found);
  return found;
}

describe("forms made from the model", () => {
  test("draw a field for everything that a full document says", () => {
    const html = drawn(REPORT, INCIDENT_REPORT);
    expect(leaves(INCIDENT_REPORT).length).toBeGreaterThan(300);
    for (const pointer of leaves(INCIDENT_REPORT)) expect(html, pointer).toContain(`id="${idOf(pointer)}"`);
    for (const sample of [REPORTED_FILE, MEME_FILE, TRANSCRIPT_FILE]) {
      const page = drawn(FILE_DETAILS, sample);
      for (const pointer of leaves(sample)) expect(page, pointer).toContain(`id="${idOf(pointer)}"`);
    }
  });

  test("offer every field of every type while nothing is filled in", () => {
    for (const version of ["2025-11", "2026-08"] as const)
      for (const root of [REPORT, FILE_DETAILS])
        for (const type of typesBelow(root)) {
          if (type.content === "choice") continue;
          const html = drawn(type, {}, { version });
          if (isSimpleContent(type.content)) expect(html).toContain(`id="${idOf("/value")}"`);
          for (const [name, field] of [
            ...Object.entries(type.attributes),
            ...Object.entries(type.elements),
          ]) {
            const known = field.since === undefined || field.since <= version;
            expect(html.includes(`id="${idOf(`/${name}`)}"`), `${type.name}/${name} in ${version}`).toBe(
              known,
            );
          }
        }
  });

  test("offer each way in which it can have happened", () => {
    const html = drawn(REPORT, {});
    for (const kind of ["Web page", "E-mail", "Newsgroup", "Chat", "Online game", "Away from the internet"])
      expect(html).toContain(`${kind}</button>`);
  });

  test("say what is wrong at the field, also where it is not yet filled in", () => {
    const draft = { incidentSummary: {}, reporter: { reportingPerson: {} } };
    const found = validateReport(draft, { now: new Date("2026-03-01T00:00:00Z"), version: "2025-11" });
    const html = drawn(REPORT, draft, { problems: indexProblems(found) });
    for (const { rule } of found.filter(({ severity }) => severity === "error"))
      expect(html).toContain(`data-rule="${rule}"`);
    expect(html).toContain('aria-invalid="true"');
  });

  test("what is only read has nothing to press", () => {
    const html = drawn(REPORT, INCIDENT_REPORT, { readOnly: true });
    expect(html).not.toContain("<button");
    expect(html.match(/<select(?![^>]*disabled)/g)).toBeNull();
    expect(html.match(/<input(?![^>]*(readOnly|disabled))/gi)).toBeNull();
  });

  test("what was written is text, whatever it looks like", () => {
    const html = drawn(REPORT, { additionalInfo: "</textarea><script>x</script>" });
    expect(html).not.toContain("<script>");
  });
});
