"use client";

import { type FormEvent, useId, useState } from "react";
import { RULE_KINDS, type RuleKind } from "../../../domain/legal/collectionWords.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { counted } from "../../words.ts";
import { addRule } from "./api.ts";
import { RULE_WORDS } from "./words.ts";

type Props = { collectionId: string; viewId: string; onClose: () => void; onDone: () => void };

/** A rule redacts wherever it finds something, in every thread of the collection. It can be tried before it is decided. */
export function RuleForm({ collectionId, viewId, onClose, onDone }: Props) {
  const id = useId();
  const [kind, setKind] = useState<RuleKind>("literal");
  const [words, setWords] = useState("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState<"try" | "add" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState<{ matches: number; messages: number } | null>(null);
  const takesWords = kind === "literal" || kind === "regex" || kind === "handle";
  const send = async (preview: boolean): Promise<void> => {
    setBusy(preview ? "try" : "add");
    setError(null);
    try {
      const answer = await addRule(collectionId, {
        viewId,
        kind,
        words: takesWords && words.trim() !== "" ? words : null,
        // Trying decides nothing and goes on no record of decisions.
        reason: preview && reason.trim() === "" ? "Trying a rule before it is decided." : reason,
        preview,
      });
      if (preview) setTried(answer);
      else onDone();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(null);
    }
  };
  const inWords = fieldError(error, "/words");
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send(false);
      }}
      className="grid gap-3"
    >
      <ChoiceChips
        legend="What it looks for"
        name={`${id}-kind`}
        choices={RULE_KINDS.map((value) => ({ value, label: RULE_WORDS[value].name }))}
        value={kind}
        onChoose={(value) => {
          setKind(value);
          setTried(null);
        }}
      />
      <p className="text-muted">{RULE_WORDS[kind].finds}</p>
      {takesWords && (
        <label className="grid gap-1">
          <span className="heading">
            {kind === "literal" ? "Words" : kind === "regex" ? "Pattern" : "Handle, if one"}
          </span>
          <input
            className="field"
            required={kind !== "handle"}
            maxLength={500}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
              setTried(null);
            }}
            aria-invalid={inWords ? true : undefined}
          />
          {inWords && <span className="text-danger">{inWords}</span>}
        </label>
      )}
      <NoteField
        label="Reason"
        value={reason}
        onChange={setReason}
        most={2000}
        error={fieldError(error, "/reason")}
        help="The packet says this in place of what is found: quote nothing of what was said."
      />
      <p role="status" className="text-muted empty:hidden">
        {tried &&
          `It finds ${counted(tried.matches, "place")} in ${counted(tried.messages, "message")} of this page; it would hold for all threads.`}
      </p>
      {error != null && <Failed error={error} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button busy={busy === "try"} onClick={() => void send(true)}>
          Try it on this page
        </Button>
        <Button type="submit" look="primary" busy={busy === "add"}>
          Add the rule
        </Button>
      </div>
    </form>
  );
}
