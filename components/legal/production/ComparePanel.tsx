"use client";

import { Undo2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Comparison, ProductionDetail } from "../../../contracts/legal/productions.ts";
import { DENIALS, isDenialCode } from "../../../domain/denials.ts";
import { Button } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { useMove } from "../../ui/useMove.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { releaseProduction, sendBackProduction } from "./api.ts";
import { ComparisonTables } from "./ComparisonTables.tsx";
import { useComparison } from "./queries.ts";
import { FINDING_TONES, FINDING_WORDS } from "./words.ts";

type Props = { production: ProductionDetail; onChanged: () => void };

/** What was asked for beside what is in the packet, in numbers, and the word of a second counsel. No content is shown. */
export function ComparePanel({ production, onChanged }: Props) {
  if (production.builtAt === null || production.state === "discarded")
    return (
      <p className="px-4 py-3 text-muted">
        {production.state === "discarded"
          ? "It was discarded: there is nothing left to compare."
          : "It can be compared once it is built."}
      </p>
    );
  if (!production.rights.compare)
    return (
      <p className="px-4 py-3 text-muted">
        Legal counsel compare what was asked for with what is in the packet. You see how it stands.
      </p>
    );
  return <Compared production={production} onChanged={onChanged} />;
}

function Compared({ production, onChanged }: Props) {
  const { data, error, refetch } = useComparison(production.id, production.manifestSha512);
  if (error && !data)
    return (
      <div className="p-4">
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label="Comparing" lines={10} />;
  return (
    <>
      <Section title="What stands out">
        <Findings findings={data.findings} />
      </Section>
      <ComparisonTables comparison={data} />
      {production.state === "built" && (
        <Answer production={production} comparison={data} onChanged={onChanged} />
      )}
    </>
  );
}

function Findings({ findings }: { findings: Comparison["findings"] }) {
  if (findings.length === 0)
    return <Notice tone="ok" title="What is in the packet lies within what was asked for" />;
  return (
    <ul className="grid gap-2">
      {findings.map((finding) => (
        <li key={finding.code}>
          <Notice tone={FINDING_TONES[finding.severity]} title={FINDING_WORDS[finding.code](finding.count)}>
            {finding.severity === "bars" && "It cannot be released like this."}
          </Notice>
        </li>
      ))}
    </ul>
  );
}

/** The second counsel's answer, bound to the hash of what was compared. */
function Answer({ production, comparison, onChanged }: Props & { comparison: Comparison }) {
  const { busy, error, act } = useMove("production", onChanged);
  const [note, setNote] = useState("");
  const [sure, setSure] = useState(false);
  const [sending, setSending] = useState(false);
  const { rights, releaseBarredBy } = production;
  const release = (event: FormEvent): void => {
    event.preventDefault();
    const body = {
      manifestSha512: comparison.manifestSha512,
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    };
    void act("release", () => releaseProduction(production.id, body), "Released");
  };
  return (
    <Section title="Release">
      {rights.release ? (
        <form onSubmit={release} className="grid max-w-2xl gap-3">
          <label className="flex items-start gap-2">
            <input
              type="checkbox"
              required
              className="mt-0.5 size-4"
              checked={sure}
              onChange={(event) => setSure(event.target.checked)}
            />
            I have compared what was asked for with what is in the packet.
          </label>
          <label className="grid gap-1">
            <span className="heading">Note, if any</span>
            <textarea
              rows={2}
              maxLength={2000}
              autoComplete="off"
              value={note}
              onChange={(event) => setNote(event.target.value)}
              className="field resize-y"
            />
          </label>
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" busy={busy === "release"} disabled={!sure}>
              Release it
            </Button>
            {rights.sendBack && <SendBack onPress={() => setSending(true)} />}
          </div>
        </form>
      ) : (
        <>
          <p className="mb-2 max-w-[75ch]">
            {releaseBarredBy !== null && isDenialCode(releaseBarredBy)
              ? `${DENIALS[releaseBarredBy].title}. ${DENIALS[releaseBarredBy].detail}`
              : "Another counsel than the ones who collected, reviewed and had it built releases it."}
          </p>
          {rights.sendBack && <SendBack onPress={() => setSending(true)} />}
        </>
      )}
      {error != null && (
        <div className="mt-2">
          <Failed error={error} />
        </div>
      )}
      <ReasonDialog
        open={sending}
        onClose={() => setSending(false)}
        title={`Send ${production.name} back`}
        submit="Send it back"
        help="Whoever had it built reads it: quote nothing of what was collected."
        act={async (reason) => {
          await sendBackProduction(production.id, reason);
          onChanged();
        }}
      >
        It stays on record and cannot be delivered. Once the review is changed, another volume takes its
        place.
      </ReasonDialog>
    </Section>
  );
}

function SendBack({ onPress }: { onPress: () => void }) {
  return (
    <Button onClick={onPress}>
      <Undo2 aria-hidden className="size-4" />
      Send it back
    </Button>
  );
}
