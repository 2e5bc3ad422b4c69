"use client";

import { useQuery } from "@tanstack/react-query";
import { Download, Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { PolicyDetail, PolicyVersion } from "../../contracts/accessPolicy.ts";
import { fetchPolicy, type PolicyStep } from "../access/api.ts";
import { SETTING_WORDS } from "../access/words.ts";
import { asking } from "../api/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Failed } from "../ui/Failed.tsx";
import { saveCsv } from "../ui/saveCsv.ts";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { Changes } from "./Changes.tsx";
import { DraftEditor } from "./DraftEditor.tsx";
import { policyKey } from "./keys.ts";
import { Matrix } from "./Matrix.tsx";
import { rulesCsv } from "./matrix.ts";
import { StepDialog } from "./StepDialog.tsx";
import { VersionState } from "./VersionState.tsx";

/** One version: how it came to be, what it changes, its settings and its matrix. */
export function VersionView({ versionId }: { versionId: string }) {
  const query = useQuery({
    queryKey: policyKey(versionId),
    queryFn: (context) => fetchPolicy(versionId, asking(context)),
  });
  if (query.isPending) return <Waiting label="Reading the version" lines={10} />;
  if (query.isError && !query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  return <Version key={versionId} detail={query.data} />;
}

function Version({ detail }: { detail: PolicyDetail }) {
  const { version, rules, against, changes, settingChanges } = detail;
  const { may } = version;
  const [step, setStep] = useState<PolicyStep | null>(null);
  const [editing, setEditing] = useState(false);
  if (editing && may.edit) return <DraftEditor detail={detail} onDone={() => setEditing(false)} />;
  const places = new Set(changes.map((one) => `${one.role} ${one.purpose} ${one.scope} ${one.subject}`));
  return (
    <article aria-label={`Version ${version.number}`} className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-4">
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3">
        <div>
          <h2 className="flex flex-wrap items-center gap-2 text-base">
            Version {version.number} <VersionState version={version} />
          </h2>
          <p>{version.summary}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {may.edit && (
            <Button onClick={() => setEditing(true)}>
              <Pencil aria-hidden className="size-4" />
              Edit
            </Button>
          )}
          {may.propose && (
            <Button look="primary" onClick={() => setStep("propose")}>
              Propose
            </Button>
          )}
          {may.decide && (
            <>
              <Button look="primary" onClick={() => setStep("confirm")}>
                Confirm
              </Button>
              <Button look="danger" onClick={() => setStep("reject")}>
                Reject
              </Button>
            </>
          )}
          {may.withdraw && <Button onClick={() => setStep("withdraw")}>Withdraw</Button>}
          <Button look="quiet" onClick={() => saveCsv(`access-policy-${version.number}`, rulesCsv(rules))}>
            <Download aria-hidden className="size-4" />
            Matrix as CSV
          </Button>
        </div>
      </div>
      <div className="px-4">
        <History version={version} />
      </div>
      {against && (
        <Part
          title={
            version.state === "draft" || version.state === "proposed"
              ? "What it would change"
              : "What it changed"
          }
        >
          <Changes changes={changes} settingChanges={settingChanges} against={against.number} />
        </Part>
      )}
      <section aria-label="Matrix">
        <Matrix
          rules={rules}
          changed={({ role, purpose, scope, subject }) =>
            places.has(`${role} ${purpose} ${scope} ${subject}`)
          }
        />
      </section>
      <Part title="Settings">
        <Facts>
          {Object.entries(SETTING_WORDS).map(([setting, { name, says }]) => (
            <Fact key={setting} name={name}>
              <code className="font-semibold">
                {version.settings[setting as keyof PolicyVersion["settings"]]}
              </code>
              <span className="block text-muted">{says}</span>
            </Fact>
          ))}
        </Facts>
      </Part>
      <StepDialog version={version} step={step} onClose={() => setStep(null)} />
    </article>
  );
}

/** Who did what to the version, and why. */
function History({ version }: { version: PolicyVersion }) {
  const { draftedBy, draftedAt, proposedBy, proposedAt, proposalReason, decidedBy, decidedAt } = version;
  const decided = {
    active: "Confirmed",
    superseded: "Confirmed",
    rejected: "Rejected",
    withdrawn: "Withdrawn",
  };
  return (
    <ol aria-label="How it came to be" className="grid gap-1.5">
      <Event
        who={draftedBy?.name ?? "Delivered with the product"}
        did={draftedBy ? "drafted it" : ""}
        at={draftedAt}
      />
      {proposedBy && proposedAt && (
        <Event who={proposedBy.name} did="proposed it" at={proposedAt} why={proposalReason} />
      )}
      {decidedBy && decidedAt && version.state in decided && (
        <Event
          who={decidedBy.name}
          did={`${decided[version.state as keyof typeof decided].toLowerCase()} it`}
          at={decidedAt}
          why={version.decisionReason}
        />
      )}
      {version.supersededAt && <Event who="Another version" did="took its place" at={version.supersededAt} />}
    </ol>
  );
}

type EventProps = { who: string; did: string; at: string; why?: string | null };

function Event({ who, did, at, why = null }: EventProps) {
  return (
    <li className="border-l-4 border-line pl-3">
      <p className="text-muted">
        <span className="text-ink">{who}</span> {did} <Time at={at} both />
      </p>
      {why !== null && <HostileText text={why} />}
    </li>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-1.5 px-4">
      <h3 className="heading">{title}</h3>
      {children}
    </section>
  );
}
