"use client";

import { CircleSlash, Scale } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { RequestDetail, RequestException, RequestScope } from "../../../contracts/legal/requests.ts";
import { DENIALS, isDenialCode } from "../../../domain/denials.ts";
import { DATA_CATEGORIES, type DataCategory } from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { SideScroll } from "../../ui/SideScroll.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { answerException, askException } from "../api.ts";
import { useScope } from "../queries.ts";
import { Said } from "../Said.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { CATEGORY_WORDS, EXCEPTION_WORDS, TYPE_NAMES } from "../words.ts";

type Props = { request: RequestDetail; onChanged: () => void };

/** What may be given, what it would touch, and what goes beyond: counted, never shown. */
export function ScopePanel({ request, onChanged }: Props) {
  return (
    <>
      <May request={request} onChanged={onChanged} />
      {request.approvalRefusals.length > 0 && request.state === "in_review" && (
        <Section title="What stands in the way of approving it">
          <ul className="grid gap-1.5">
            {request.approvalRefusals.map((code) => (
              <li key={code}>
                {isDenialCode(code) ? (
                  <>
                    <strong>{DENIALS[code].title}.</strong> {DENIALS[code].detail}
                  </>
                ) : (
                  code.replaceAll("-", " ")
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Counts request={request} />
      <Approvals request={request} />
    </>
  );
}

function May({ request, onChanged }: Props) {
  const [asking, setAsking] = useState<DataCategory | null>(null);
  const [answering, setAnswering] = useState<RequestException | null>(null);
  const beyond = new Map(request.beyond.map((one) => [one.category, one.possible]));
  return (
    <Section title="What may be given">
      <p className="mb-2 text-muted">
        {request.mostByType === null
          ? `${TYPE_NAMES[request.type]}: gives nothing by itself.`
          : `${TYPE_NAMES[request.type]}: gives at most ${CATEGORY_WORDS[request.mostByType].name.toLowerCase()} by itself.`}
      </p>
      <ul className="grid gap-1.5">
        {DATA_CATEGORIES.map((category) => {
          const asked = request.categories.includes(category);
          const allowed = request.allowed.includes(category);
          const open = request.exceptions.find(
            (one) => one.category === category && (one.state === "asked" || one.state === "granted"),
          );
          const possible = beyond.get(category);
          return (
            <li
              key={category}
              className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line pb-1.5 last:border-b-0"
            >
              <span className="w-32 font-semibold">{CATEGORY_WORDS[category].name}</span>
              <Badge tone={!asked ? "plain" : allowed ? "ok" : "danger"}>
                {!asked ? "Not asked" : allowed ? "May be given" : "Beyond the type"}
              </Badge>
              <span className="min-w-0 grow basis-52 text-muted">{CATEGORY_WORDS[category].holds}</span>
              {asked && !allowed && possible === false && (
                <span className="inline-flex items-center gap-1 text-muted">
                  <CircleSlash aria-hidden className="size-4" />
                  no exception can open it
                </span>
              )}
              {asked && !allowed && possible && !open && request.rights.exceed && (
                <Button small onClick={() => setAsking(category)}>
                  <Scale aria-hidden className="size-4" />
                  Ask for an exception
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {request.exceptions.length > 0 && (
        <ol className="mt-3 grid gap-2" aria-label="Exceptions">
          {request.exceptions.map((one) => {
            const { name, tone } = EXCEPTION_WORDS[one.state];
            return (
              <li key={one.id} className="border-l-4 border-line pl-3">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <strong>Exception: {CATEGORY_WORDS[one.category].name.toLowerCase()}</strong>
                  <Badge tone={tone}>{name}</Badge>
                  <span className="text-muted">
                    asked by {one.askedBy.name}, {utcWords(one.askedAt)}
                  </span>
                  {one.mayAnswer && (
                    <Button small look="primary" onClick={() => setAnswering(one)}>
                      Answer it
                    </Button>
                  )}
                </p>
                <HostileText text={one.reason} />
                {one.answer && (
                  <p>
                    <span className="text-muted">
                      {one.answeredBy?.name}
                      {one.answeredAt && `, ${utcWords(one.answeredAt)}`}:{" "}
                    </span>
                    <Said text={one.answer} />
                  </p>
                )}
              </li>
            );
          })}
        </ol>
      )}
      {asking && (
        <AskDialog
          request={request}
          category={asking}
          onClose={() => setAsking(null)}
          onChanged={onChanged}
        />
      )}
      {answering && (
        <AnswerDialog
          request={request}
          exception={answering}
          onClose={() => setAnswering(null)}
          onChanged={onChanged}
        />
      )}
    </Section>
  );
}

function Counts({ request }: { request: RequestDetail }) {
  const query = useScope(request.id);
  return (
    <Section title="What it would touch">
      <p className="mb-2 text-muted">Counted without reading anything.</p>
      {query.isPending && <Waiting label="Counting" lines={5} />}
      {query.isError && !query.data && <Failed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Counted scope={query.data} />}
    </Section>
  );
}

const shown = (count: number): string => count.toLocaleString("en-GB");

function Counted({ scope }: { scope: RequestScope }) {
  const categories = scope.accounts[0]?.byCategory.map(({ category }) => category) ?? [];
  return (
    <>
      {scope.warnings.length > 0 && (
        <div className="mb-2">
          <Notice tone="warn" title="It may be overbroad">
            <ul className="list-disc pl-5">
              {scope.warnings.map(({ warning, words }) => (
                <li key={warning}>{words}</li>
              ))}
            </ul>
            <p className="mt-1">Ask the authority to narrow it, or reject it as overbroad.</p>
          </Notice>
        </div>
      )}
      <dl className="mb-3 grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure name="Threads" value={scope.total.threads} more={scope.outOfRegions.threads} />
        <Figure name="Messages" value={scope.total.messages} more={scope.outOfRegions.messages} />
        <Figure name="Attachments" value={scope.total.attachments} more={scope.outOfRegions.attachments} />
        <Figure name="Third parties" value={scope.thirdParties} />
      </dl>
      {scope.accounts.length > 0 && (
        <SideScroll label="Counts by account">
          <table className="w-full text-right">
            <thead>
              <tr className="text-muted">
                <th scope="col" className="py-1 pr-3 text-left font-normal">
                  Account
                </th>
                {categories.map((one) => (
                  <th key={one} scope="col" className="px-2 font-normal whitespace-nowrap">
                    {CATEGORY_WORDS[one].name}
                  </th>
                ))}
                <th scope="col" className="px-2 font-normal whitespace-nowrap">
                  Threads
                </th>
                <th scope="col" className="pl-2 font-normal whitespace-nowrap">
                  Outside your regions
                </th>
              </tr>
            </thead>
            <tbody>
              {scope.accounts.map((account) => (
                <tr key={account.n} className="border-t border-line">
                  <th scope="row" className="py-1 pr-3 text-left font-normal">
                    <span className="text-muted">{account.n}</span>{" "}
                    <span className="font-mono">
                      <HostileText inline text={account.accountId} />
                    </span>{" "}
                    {!account.known && <Badge tone="warn">Not known</Badge>}
                  </th>
                  {account.byCategory.map((one) => (
                    <td
                      key={one.category}
                      className={one.allowed ? "px-2" : "px-2 text-muted line-through"}
                      title={one.allowed ? undefined : "May not be given"}
                    >
                      {shown(one.records)}
                      {!one.allowed && <span className="sr-only"> (may not be given)</span>}
                    </td>
                  ))}
                  <td className="px-2">{shown(account.inRange.threads)}</td>
                  <td className="pl-2">{shown(account.outOfRegions.threads)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
      <p className="mt-1.5 text-[0.93rem] text-muted">
        Counted {utcWords(scope.countedAt, true)}, version {scope.scopeVersion}. Struck through: may not be
        given. Threads outside your regions are counted and never collected by you.
      </p>
    </>
  );
}

function Figure({ name, value, more = 0 }: { name: string; value: number; more?: number }) {
  return (
    <div className="panel px-3 py-2">
      <dt className="heading">{name}</dt>
      <dd>
        <strong className="text-lg">{shown(value)}</strong>
        {more > 0 && (
          <span className="block text-[0.857rem] text-muted">{shown(more)} more outside your regions</span>
        )}
      </dd>
    </div>
  );
}

function Approvals({ request: { approvals } }: { request: RequestDetail }) {
  return (
    <Section title="Approvals">
      {approvals.length === 0 && <p className="text-muted">None yet.</p>}
      <ol className="grid gap-2">
        {approvals.map((one) => (
          <li key={one.id} className="border-l-4 border-line pl-3">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <strong>{one.by.name}</strong>
              <Badge tone={one.holds ? "ok" : "plain"}>{one.holds ? "Holds" : "Fell"}</Badge>
              <span className="text-muted">
                {utcWords(one.at)}, version {one.scopeVersion}:{" "}
                {one.categories.map((category) => CATEGORY_WORDS[category].name.toLowerCase()).join(", ")}
              </span>
            </p>
            {one.note && <HostileText text={one.note} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function AskDialog({
  request,
  category,
  onClose,
  onChanged,
}: Props & { category: DataCategory; onClose: () => void }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (
      await act(
        "exceed",
        () => askException(request.id, { category, reason }),
        "Asked: another counsel answers",
      )
    )
      onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Give ${CATEGORY_WORDS[category].name.toLowerCase()} all the same`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          {TYPE_NAMES[request.type]} does not give it. Another counsel decides, and both names and reasons go
          into the log and the figures.
        </p>
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={4000}
          error={fieldError(error, "/reason")}
          help="On what law it rests that it may be given."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "exceed"}>
            Ask for it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const ANSWERS = [
  { value: "granted", label: "Grant it" },
  { value: "refused", label: "Refuse it" },
] as const;

function AnswerDialog({
  request,
  exception,
  onClose,
  onChanged,
}: Props & { exception: RequestException; onClose: () => void }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [answer, setAnswer] = useState<"granted" | "refused" | null>(null);
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = answer && { exceptionId: exception.id, answer, reason };
    if (body && (await act("answer", () => answerException(request.id, body), "Answered"))) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Exception: ${CATEGORY_WORDS[exception.category].name.toLowerCase()}`}
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          {exception.askedBy.name} asks to give it although {TYPE_NAMES[request.type].toLowerCase()} does not:
        </p>
        <HostileText text={exception.reason} />
        <ChoiceChips
          legend="Your answer"
          name="answer"
          choices={ANSWERS}
          value={answer}
          onChoose={setAnswer}
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={4000}
          error={fieldError(error, "/reason")}
          help="Yours, not theirs."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "answer"} disabled={answer === null}>
            Answer
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
