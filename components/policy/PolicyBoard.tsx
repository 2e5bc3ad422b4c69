"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { FilePlus2 } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { type FormEvent, useEffect, useState } from "react";
import type { PolicyVersion } from "../../contracts/accessPolicy.ts";
import { draftPolicy, fetchPolicies } from "../access/api.ts";
import { asking, keys } from "../api/queries.ts";
import { useSignedIn } from "../shell/me.tsx";
import { maySimulate } from "../shell/rights.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PageHead } from "../ui/PageHead.tsx";
import { type Tab, Tabs } from "../ui/Tabs.tsx";
import { Time } from "../ui/Time.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { Simulator } from "./Simulator.tsx";
import { VersionState } from "./VersionState.tsx";
import { VersionView } from "./VersionView.tsx";

/** The access policy: what is in force, how it came to be, what is proposed, and what it means for one case. */
export function PolicyBoard() {
  const me = useSignedIn();
  const [{ tab, version: asked }, setState] = useQueryStates({ tab: parseAsString, version: parseAsString });
  const [drafting, setDrafting] = useState(false);
  const query = useQuery({
    queryKey: keys.policies,
    queryFn: (context) => fetchPolicies(asking(context)),
  });
  useEffect(() => {
    document.title = "Access policy · Unseal";
  }, []);
  const versions = query.data?.versions ?? [];
  const active = versions.find(({ state }) => state === "active");
  const shown = versions.find(({ id }) => id === asked) ?? active;
  const toDecide = versions.filter(({ may }) => may.decide);
  const tabs: Tab<"policy" | "simulator">[] = [
    { value: "policy", label: "Policy" },
    ...(maySimulate(me) ? [{ value: "simulator" as const, label: "Who could open this?" }] : []),
  ];
  const at = tabs.find(({ value }) => value === tab)?.value ?? "policy";
  return (
    <div className="pb-8">
      <PageHead
        title="Access policy"
        actions={
          query.data?.mayDraft && (
            <Button onClick={() => setDrafting(true)}>
              <FilePlus2 aria-hidden className="size-4" />
              Begin a draft
            </Button>
          )
        }
      >
        Who may open what, for which purpose, and with whose leave. An officer proposes it, somebody else
        confirms it.
      </PageHead>
      {query.isPending && <Waiting label="Reading the policy" lines={10} />}
      {query.isError && !query.data && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data && (
        <Tabs
          label="Access policy"
          tabs={tabs}
          value={at}
          onChoose={(value) => void setState({ tab: value === "policy" ? null : value })}
        >
          {at === "simulator" ? (
            <Simulator versions={versions} />
          ) : (
            <>
              {toDecide.map((version) => (
                <div key={version.id} className="px-4 pt-3">
                  <Notice
                    tone="warn"
                    title={`Version ${version.number} waits for somebody to confirm or reject it`}
                    actions={
                      version.id !== shown?.id && (
                        <Button small onClick={() => void setState({ version: version.id })}>
                          Look at it
                          <span className="sr-only">: version {version.number}</span>
                        </Button>
                      )
                    }
                  >
                    {version.summary}
                  </Notice>
                </div>
              ))}
              <div className="grid grid-cols-[minmax(0,1fr)] lg:grid-cols-[17rem_minmax(0,1fr)]">
                <VersionList
                  versions={versions}
                  shown={shown?.id}
                  onChoose={(id) => void setState({ version: id })}
                />
                <div className="min-w-0 border-line bg-surface lg:border-l">
                  {shown && <VersionView versionId={shown.id} />}
                </div>
              </div>
            </>
          )}
        </Tabs>
      )}
      <Dialog open={drafting} onClose={() => setDrafting(false)} title="Begin a draft">
        <DraftForm
          onClose={() => setDrafting(false)}
          onDrafted={(id) => {
            setDrafting(false);
            void setState({ version: id, tab: null });
          }}
        />
      </Dialog>
    </div>
  );
}

type ListProps = {
  versions: readonly PolicyVersion[];
  shown: string | undefined;
  onChoose: (id: string) => void;
};

function VersionList({ versions, shown, onChoose }: ListProps) {
  return (
    <nav aria-label="Versions" className="max-lg:border-b max-lg:border-line">
      <ol className="max-lg:max-h-56 max-lg:overflow-auto">
        {versions.map((version) => (
          <li key={version.id} className="border-b border-line">
            <button
              type="button"
              aria-current={version.id === shown ? "true" : undefined}
              onClick={() => onChoose(version.id)}
              className={clsx(
                "grid w-full gap-0.5 px-4 py-2 text-left focus-visible:-outline-offset-2",
                version.id === shown ? "bg-accent-soft" : "hover:bg-sunken",
              )}
            >
              <span className="flex flex-wrap items-center gap-2 font-semibold">
                Version {version.number} <VersionState version={version} />
              </span>
              <span className="line-clamp-2">{version.summary}</span>
              <span className="text-[0.857rem] text-muted">
                {version.draftedBy?.name ?? "Delivered with the product"}, <Time at={version.draftedAt} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function DraftForm({ onClose, onDrafted }: { onClose: () => void; onDrafted: (id: string) => void }) {
  const client = useQueryClient();
  const [summary, setSummary] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { id } = await draftPolicy({ summary });
      await client.invalidateQueries({ queryKey: keys.policies });
      onDrafted(id);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>
        It begins as a copy of the version in force. Nothing changes until somebody else has confirmed it.
      </p>
      <label className="grid gap-1">
        <span className="heading">What the version is about</span>
        <input
          required
          maxLength={500}
          autoComplete="off"
          value={summary}
          onChange={(event) => setSummary(event.target.value)}
          className="field"
        />
      </label>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Begin
        </Button>
      </div>
    </form>
  );
}
