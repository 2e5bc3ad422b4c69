"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Save } from "lucide-react";
import { type FormEvent, useEffect, useId, useState } from "react";
import type { PolicyDetail, PolicySettings } from "../../contracts/accessPolicy.ts";
import { diffRules } from "../../domain/accessPolicy.ts";
import { fetchPolicy, savePolicy } from "../access/api.ts";
import { subjectWords } from "../access/words.ts";
import { asking, keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Changes } from "./Changes.tsx";
import { policyKey } from "./keys.ts";
import { Matrix } from "./Matrix.tsx";
import { type Place, ruleAt, subjectsOf, withRule } from "./matrix.ts";
import { RuleDialog } from "./RuleDialog.tsx";
import { SettingsForm } from "./SettingsForm.tsx";

/** A draft, edited on this page and saved as a whole. What it changes against the policy in force stands beside it. */
export function DraftEditor({ detail, onDone }: { detail: PolicyDetail; onDone: () => void }) {
  const client = useQueryClient();
  const { show } = useToasts();
  const { version, against } = detail;
  const [rules, setRules] = useState(detail.rules);
  const [summary, setSummary] = useState(version.summary);
  const [settings, setSettings] = useState<PolicySettings>(version.settings);
  const [place, setPlace] = useState<Place | null>(null);
  const [added, setAdded] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const inForce = useQuery({
    queryKey: policyKey(against?.id ?? ""),
    queryFn: (context) => fetchPolicy(against?.id ?? "", asking(context)),
    enabled: against !== null,
  });
  const dirty =
    rules !== detail.rules ||
    summary !== version.summary ||
    JSON.stringify(settings) !== JSON.stringify(version.settings);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);

  const before = inForce.data;
  const changes = before ? diffRules(before.rules, rules) : [];
  const settingChanges = before
    ? (Object.keys(settings) as (keyof PolicySettings)[])
        .filter((setting) => before.version.settings[setting] !== settings[setting])
        .map((setting) => ({
          setting,
          before: before.version.settings[setting],
          after: settings[setting],
        }))
    : [];
  const places = new Set(changes.map((one) => `${one.role} ${one.purpose} ${one.scope} ${one.subject}`));

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await savePolicy(version.id, { summary, settings, rules });
      await client.invalidateQueries({ queryKey: keys.policies });
      show({ id: `policy-${version.id}`, title: `Version ${version.number}: saved` });
      onDone();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };

  return (
    <>
      <form
        onSubmit={(event) => void save(event)}
        aria-label={`Draft of version ${version.number}`}
        className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-4"
      >
        <div className="sticky top-12 z-10 flex flex-wrap items-center justify-between gap-3 border-b border-line bg-surface px-4 py-2">
          <h2 className="text-base">Editing version {version.number}</h2>
          <div className="flex flex-wrap items-center gap-2">
            {dirty && <span className="text-warn">Not saved yet</span>}
            <Button onClick={onDone}>{dirty ? "Discard" : "Close"}</Button>
            <Button type="submit" look="primary" busy={busy} disabled={!dirty}>
              <Save aria-hidden className="size-4" />
              Save the draft
            </Button>
          </div>
        </div>
        {error != null && (
          <div className="px-4">
            <Failed error={error} />
          </div>
        )}
        <label className="grid gap-1 px-4">
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
        <section aria-label="What it would change" className="px-4">
          {before && (
            <Changes changes={changes} settingChanges={settingChanges} against={before.version.number} />
          )}
        </section>
        <section aria-label="Matrix">
          <p className="px-4 pb-1 text-muted">Press a cell to change its rule.</p>
          <Matrix
            rules={rules}
            more={added}
            onEdit={setPlace}
            changed={({ role, purpose, scope, subject }) =>
              places.has(`${role} ${purpose} ${scope} ${subject}`)
            }
          />
          <AddSubject
            known={[...subjectsOf(rules), ...added]}
            onAdd={(subject) => setAdded((now) => [...now, subject])}
          />
        </section>
        <SettingsForm settings={settings} onChange={setSettings} />
      </form>
      <RuleDialog
        place={place}
        rule={place ? ruleAt(rules, place) : undefined}
        subjects={[...new Set([...subjectsOf(rules), ...added])]}
        onClose={() => setPlace(null)}
        onSet={(subjects, limits) => {
          if (place) setRules(withRule(rules, place, subjects, limits));
          setPlace(null);
        }}
      />
    </>
  );
}

/** A restricted subject that gets rules of its own. */
function AddSubject({ known, onAdd }: { known: readonly string[]; onAdd: (subject: string) => void }) {
  const [name, setName] = useState("");
  const id = useId();
  const subject = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const add = (): void => {
    onAdd(subject);
    setName("");
  };
  const fits = /^[a-z][a-z_]{1,39}$/.test(subject) && !known.includes(subject);
  return (
    <div className="flex flex-wrap items-end gap-2 px-4">
      <div className="grid gap-1">
        <label htmlFor={id} className="heading">
          Rules for one restricted subject by itself
        </label>
        <input
          id={id}
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            // Enter here adds the subject; it must not save the draft.
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (fits) add();
          }}
          placeholder="child safety"
          className="field max-w-60"
        />
      </div>
      <Button disabled={!fits} onClick={add}>
        Add {fits ? subjectWords(subject) : "it"}
      </Button>
    </div>
  );
}
