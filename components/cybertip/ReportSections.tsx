"use client";

import type { CyberTipDraft } from "../../domain/cybertip/draft.ts";
import type { Field } from "../../domain/cybertip/model/kinds.ts";
import { REPORT } from "../../domain/cybertip/model/report.ts";
import { writePointer } from "../../domain/cybertip/pointer.ts";
import { Notice } from "../ui/Notice.tsx";
import { valueAt } from "./form/editValue.ts";
import { FieldGroup, ModelField } from "./form/FieldGroup.tsx";
import { idOf, useForm } from "./form/FormContext.tsx";
import { Messages, TallyBadges } from "./form/Messages.tsx";

/** The parts of a report, in the order in which one thinks of them; a test holds the list against the model. */
export const PARTS = [
  "batchedReport",
  "incidentSummary",
  "internetDetails",
  "personOrUserReported",
  "intendedRecipient",
  "victim",
  "lawEnforcement",
  "additionalInfo",
  "reporter",
] as const satisfies readonly (keyof typeof REPORT.elements)[];
type Part = (typeof PARTS)[number];

const fieldOf = (name: Part): Field => REPORT.elements[name];

/** A batch is one from its start; other reports are not offered to become one. */
const isDrawn = (name: Part, draft: CyberTipDraft): boolean =>
  name !== "batchedReport" || draft.report.batchedReport !== undefined;

/** Every part of the report, one below the other. */
export function ReportSections({ draft }: { draft: CyberTipDraft }) {
  return PARTS.filter((name) => isDrawn(name, draft)).map((name) => (
    <PartSection key={name} name={name} value={valueAt(draft.report, [name])} />
  ));
}

function PartSection({ name, value }: { name: Part; value: unknown }) {
  const { problems } = useForm();
  const field = fieldOf(name);
  const path = ["report", name];
  const pointer = writePointer(path);
  const { type } = field;
  return (
    <section aria-labelledby={`part-${name}`} className="panel min-w-0 px-4 py-3">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 id={`part-${name}`} tabIndex={-1} className="scroll-mt-32 text-base">
          {field.label}
        </h3>
        <TallyBadges tally={problems.below(pointer)} />
        <p className="basis-full text-muted">{field.help}</p>
      </div>
      {name === "reporter" ? (
        <div id={idOf(pointer)}>
          <p>Taken from the settings when it is filed, the same for every report. Nobody types it here.</p>
          <Messages id={`${idOf(pointer)}-wrong`} problems={problems.at(pointer)} />
        </div>
      ) : name === "incidentSummary" && type.kind === "complex" ? (
        <div id={idOf(pointer)} className="grid gap-3">
          <Messages
            id={`${idOf(pointer)}-wrong`}
            problems={value === undefined ? problems.at(pointer) : []}
          />
          {valueAt(value, ["escalateToHighPriority"]) !== undefined && (
            <Notice tone="warn" title="This report asks to be treated before all others">
              Whatever stands under “Why it is urgent” escalates it. Leave it empty unless a child is in
              danger now.
            </Notice>
          )}
          <FieldGroup type={type} field={field} path={path} value={value} />
        </div>
      ) : (
        <ModelField name={name} field={field} path={path} value={value} />
      )}
    </section>
  );
}

/** Leads from part to part, and says where something is wrong. */
export function SectionNav({ draft }: { draft: CyberTipDraft }) {
  const { problems } = useForm();
  const parts = PARTS.filter((name) => isDrawn(name, draft)).map((name) => ({
    id: `part-${name}`,
    label: fieldOf(name).label,
    tally: problems.below(`/report/${name}`),
  }));
  const [files, transcript] = [problems.below("/files"), problems.below("/transcript")];
  const all = [
    ...parts,
    {
      id: "part-files",
      label: "Files",
      tally: {
        errors: files.errors + transcript.errors,
        warnings: files.warnings + transcript.warnings,
      },
    },
  ];
  return (
    <nav aria-label="Parts of the report">
      <ul className="flex flex-wrap gap-1 lg:grid">
        {all.map(({ id, label, tally }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => goToHeading(id)}
              className="flex min-h-7 w-full flex-wrap items-center gap-1.5 rounded px-2 text-left hover:bg-sunken max-lg:border max-lg:border-line"
            >
              {label}
              <TallyBadges tally={tally} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function goToHeading(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}
