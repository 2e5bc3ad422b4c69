"use client";

import { BellOff, MailPlus, Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { NoticeRow, RequestNotices } from "../../../contracts/legal/notices.ts";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { NOTICE_BARS, type ReviewOutcome } from "../../../domain/legal/notice/words.ts";
import { fieldError } from "../../api/ApiError.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { SelectField } from "../facts/fields.tsx";
import { barNotice, planNotices, reviewGag, sendNotice } from "../holds/api.ts";
import { useNotices } from "../holds/queries.ts";
import { NOTICE_CHANNEL_WORDS, NOTICE_STATE_WORDS } from "../holds/words.ts";
import { DueWords, Moment } from "../Moment.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { NOTICE_POLICY_WORDS } from "../words.ts";
import { ChangeFactsDialog } from "./ChangeFactsDialog.tsx";
import { WriteDialog } from "./WriteDialog.tsx";

type Props = { request: RequestDetail; onChanged: () => void };

/** Whether the accounts may be told, when, and what they are told. The platform delivers it. */
export function NoticesPanel({ request, onChanged }: Props) {
  const query = useNotices(request.id);
  const [dialog, setDialog] = useState<"policy" | "review" | "plan" | null>(null);
  if (query.isPending) return <Waiting label="Reading the notices" lines={6} />;
  if (!query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  const { data } = query;
  const { may } = data;
  const close = (): void => setDialog(null);
  return (
    <>
      <Section
        title="Whether the accounts may be told"
        aside={
          request.rights.change && (
            <Button small onClick={() => setDialog("policy")}>
              Change
            </Button>
          )
        }
      >
        {data.barredWhy !== null && (
          <div className="mb-2">
            <Notice tone="warn" title="Nobody may be told now">
              {NOTICE_BARS[data.barredWhy]}
            </Notice>
          </div>
        )}
        <Facts>
          <Fact name="Policy">
            {NOTICE_POLICY_WORDS[data.policy].name}{" "}
            <span className="text-muted">· {NOTICE_POLICY_WORDS[data.policy].says}</span>
          </Fact>
          {data.gag && (
            <>
              <Fact name="Order not to tell">
                <HostileText inline text={data.gag.reference} />{" "}
                <Badge tone={data.gag.inForce ? "danger" : "plain"}>
                  {data.gag.inForce ? "In force" : "Ended"}
                </Badge>
              </Fact>
              <Fact name="Until">
                {data.gag.until ? (
                  <Moment at={data.gag.until} zone={request.localZone} ago />
                ) : (
                  "without an end"
                )}
                {data.gag.reviewDueAt && data.gag.inForce && (
                  <span className="block text-muted">
                    to be looked at again <DueWords at={data.gag.reviewDueAt} />
                  </span>
                )}
              </Fact>
            </>
          )}
        </Facts>
        {data.gag && data.gag.reviews.length > 0 && (
          <ol className="mt-2 grid gap-1.5">
            {data.gag.reviews.map((one) => (
              <li key={one.at} className="border-l-4 border-line pl-3">
                <strong>{one.outcome === "lifted" ? "Lifted" : "Still barred"}</strong>{" "}
                <span className="text-muted">
                  {one.by.name}, {utcWords(one.at)}
                </span>
                <HostileText text={one.reason} />
              </li>
            ))}
          </ol>
        )}
        {may.review && (
          <p className="mt-2">
            <Button small onClick={() => setDialog("review")}>
              The order was looked at again
            </Button>
          </p>
        )}
      </Section>
      <Section
        title={`Notices (${data.notices.length.toLocaleString("en-GB")})`}
        aside={
          may.plan &&
          data.accountsWithout > 0 && (
            <Button small onClick={() => setDialog("plan")}>
              <MailPlus aria-hidden className="size-4" />
              Plan {counted(data.accountsWithout, "notice")}
            </Button>
          )
        }
      >
        {data.notices.length === 0 && (
          <p className="text-muted">
            {data.barredWhy === null ? "None is planned." : "None, and none can be planned."}
          </p>
        )}
        <ul className="grid gap-3">
          {data.notices.map((one) => (
            <OneNotice key={one.id} notice={one} request={request} onChanged={onChanged} />
          ))}
        </ul>
      </Section>
      {dialog === "policy" && (
        <ChangeFactsDialog request={request} part="notice" onClose={close} onChanged={onChanged} />
      )}
      {dialog === "review" && <ReviewDialog request={request} onClose={close} onChanged={onChanged} />}
      {dialog === "plan" && (
        <PlanDialog request={request} notices={data} onClose={close} onChanged={onChanged} />
      )}
    </>
  );
}

function OneNotice({ notice, request, onChanged }: Props & { notice: NoticeRow }) {
  const { show } = useToasts();
  const { busy, error, act } = useRequestAct(onChanged);
  const [barring, setBarring] = useState(false);
  const { name, tone } = NOTICE_STATE_WORDS[notice.state];
  return (
    <li className="panel grid gap-2 px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <strong>Account {notice.account}</strong>
        {notice.accountId !== null && (
          <span className="font-mono">
            <HostileText inline text={notice.accountId} />
          </span>
        )}
        <Badge tone={tone}>{name}</Badge>
        {notice.dueAt && (notice.state === "planned" || notice.state === "released") && (
          <DueWords at={notice.dueAt} />
        )}
        {notice.dueAt && <span className="text-muted">{utcWords(notice.dueAt)}</span>}
      </p>
      {notice.barredWhy && (
        <p>
          {NOTICE_BARS[notice.barredWhy]}
          {notice.barredUntil && (
            <>
              {" "}
              Until <Moment at={notice.barredUntil} zone={request.localZone} />.
            </>
          )}
        </p>
      )}
      {notice.barredReason && <HostileText text={notice.barredReason} />}
      <details>
        <summary className="text-muted">What the account reads</summary>
        <div className="mt-1 border-l-4 border-line pl-3">
          <p className="font-semibold">{notice.subject}</p>
          <p className="whitespace-pre-wrap">{notice.text}</p>
          <p className="mt-1 text-[0.857rem] text-muted">
            Template {notice.template}, version {notice.templateVersion}
          </p>
        </div>
      </details>
      <p className="text-[0.93rem] text-muted">
        Planned {utcWords(notice.plannedAt)}
        {notice.plannedBy && ` by ${notice.plannedBy.name}`}
        {notice.releasedAt && ` · let go ${utcWords(notice.releasedAt)}`}
        {notice.releasedBy && ` by ${notice.releasedBy.name}`}
        {notice.handedOverAt && ` · fetched by the platform ${utcWords(notice.handedOverAt)}`}
        {notice.sentAt && ` · delivered ${utcWords(notice.sentAt)}`}
        {notice.channel && ` ${NOTICE_CHANNEL_WORDS[notice.channel]}`}
      </p>
      {(notice.may.send || notice.may.bar) && (
        <div className="flex flex-wrap gap-2">
          {notice.may.send && (
            <Button
              small
              look="primary"
              busy={busy === "send"}
              onClick={() =>
                void act("send", () => sendNotice(notice.id, notice.textSha256), "The platform delivers it")
              }
            >
              <Send aria-hidden className="size-4" />
              Let it go
            </Button>
          )}
          {notice.may.bar && (
            <Button small onClick={() => setBarring(true)}>
              <BellOff aria-hidden className="size-4" />
              Do not send it
            </Button>
          )}
        </div>
      )}
      {error != null && <Failed error={error} />}
      <WriteDialog
        open={barring}
        onClose={() => setBarring(false)}
        title="Do not send it"
        label="Reason"
        pointer="/reason"
        submit="Bar it"
        danger
        act={async (reason) => {
          try {
            await barNotice(notice.id, reason);
            show({ id: "notice", title: "It is not sent" });
          } finally {
            onChanged();
          }
        }}
      >
        <p>The account is not told of this request.</p>
      </WriteDialog>
    </li>
  );
}

type DialogProps = Props & { onClose: () => void };

function PlanDialog({ request, notices, onClose, onChanged }: DialogProps & { notices: RequestNotices }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [template, setTemplate] = useState(notices.suggested ?? notices.templates[0]?.key ?? "");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await act("plan", () => planNotices(request.id, template), "Planned")) onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Plan notices">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          One for each of {counted(notices.accountsWithout, "account")} that has none. Nothing is sent before
          you let it go, and the platform delivers it.
        </p>
        <SelectField
          label="Template"
          value={template}
          onChange={setTemplate}
          choices={notices.templates.map(
            (one) =>
              [
                one.key,
                `${one.label} (version ${one.version})${one.key === notices.suggested ? " · fits" : ""}`,
              ] as const,
          )}
          error={fieldError(error, "/template")}
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "plan"}>
            Plan them
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const OUTCOMES = [
  { value: "still_barred", label: "It still forbids telling" },
  { value: "lifted", label: "It was lifted" },
] as const;

function ReviewDialog({ request, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [outcome, setOutcome] = useState<ReviewOutcome | null>(null);
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (outcome && (await act("gag", () => reviewGag(request.id, { outcome, reason }), "On record")))
      onClose();
  };
  return (
    <Dialog open onClose={onClose} title="The order not to tell, looked at again">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <ChoiceChips
          legend="What came of it"
          name="gag-outcome"
          choices={OUTCOMES}
          value={outcome}
          onChoose={setOutcome}
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="Whom you asked, and what they said. It ends once two counsel have said that it was lifted."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "gag"} disabled={outcome === null}>
            Record it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
