"use client";

import type { ReactNode } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { TYPE_RULES } from "../../../domain/legal/requestTypes.ts";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Section } from "../../ui/Section.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { DueWords, Moment } from "../Moment.tsx";
import { dueRuleWords } from "../ruleWords.ts";
import {
  CHANNEL_WORDS,
  categoryNames,
  clockStopped,
  countryWords,
  ISSUER_WORDS,
  NOTICE_POLICY_WORDS,
  TYPE_NAMES,
} from "../words.ts";
import { AccountsPanel } from "./AccountsPanel.tsx";
import { DocumentsPanel } from "./DocumentsPanel.tsx";

type Props = { request: RequestDetail; onChanged: () => void };

/** What the letter says, whom it names, and what came with it. */
export function FactsPanel({ request, onChanged }: Props) {
  return (
    <div className="grid lg:grid-cols-2 lg:divide-x lg:divide-line">
      <div className="min-w-0">
        <Section title="What it is">
          <Facts>
            <Fact name="Type">
              {TYPE_NAMES[request.type]}{" "}
              {TYPE_RULES[request.type].law && (
                <span className="text-muted">· {TYPE_RULES[request.type].law}</span>
              )}
            </Fact>
            <Fact name="Jurisdiction">{countryWords(request.jurisdiction)}</Fact>
            <Fact name="Signed by">{ISSUER_WORDS[request.issuer]}</Fact>
            <Fact name="Reference">
              <HostileText inline text={request.reference} />
            </Fact>
            <Fact name="How it came">{CHANNEL_WORDS[request.channel]}</Fact>
            {request.nature && (
              <Fact name="About">
                <HostileText text={request.nature} />
              </Fact>
            )}
          </Facts>
        </Section>
        <Section title="Who asks, as the letter says">
          <Facts>
            <Fact name="Agency">
              <HostileText inline text={request.agency} />{" "}
              <span className="text-muted">
                {request.agencyId ? "· in the directory" : "· not in the directory"}
              </span>
            </Fact>
            <Fact name="Officer">
              <HostileText inline text={request.officerName} />
            </Fact>
            <Fact name="Email">{hostile(request.officerEmail)}</Fact>
            <Fact name="Phone">
              {hostile(request.officerPhone)}
              {request.officerPhone && <span className="text-muted"> · never called to verify</span>}
            </Fact>
          </Facts>
        </Section>
        <Section title="Clocks">
          <Facts>
            <Fact name="Received">
              <Moment at={request.receivedAt} zone={request.localZone} ago />
            </Fact>
            <Fact name="Due">
              {!clockStopped(request) && (
                <>
                  <DueWords at={request.dueAt} />
                  {" · "}
                </>
              )}
              <Moment at={request.dueAt} zone={request.localZone} />
              <span className="block text-muted">{dueRuleWords(request.dueRule)}</span>
            </Fact>
            {moment("Signed on", request.issuedAt, request.localZone)}
            {moment("Expires", request.expiresAt, request.localZone)}
            {moment("Return date", request.returnAt, request.localZone)}
            {moment("Acknowledged", request.acknowledgedAt, request.localZone)}
            {moment("Approved", request.approvedAt, request.localZone)}
            {moment("Produced", request.producedAt, request.localZone)}
            {moment("Closed", request.closedAt, request.localZone)}
            <Fact name="Times are">UTC, then a clock in {request.localZone}</Fact>
          </Facts>
        </Section>
        <Section title="What is asked">
          <Facts>
            <Fact name="Categories">{categoryNames(request.categories)}</Fact>
            <Fact name="From">
              {request.rangeFrom ? (
                <Moment at={request.rangeFrom} zone={request.localZone} />
              ) : (
                <span className="text-warn">no beginning: everything before, too</span>
              )}
            </Fact>
            <Fact name="Until">
              {request.rangeTo ? (
                <Moment at={request.rangeTo} zone={request.localZone} />
              ) : (
                <span className="text-warn">no end: everything after, too</span>
              )}
            </Fact>
            <Fact name="Notice">
              {NOTICE_POLICY_WORDS[request.noticePolicy].name}
              {request.gagReference && (
                <span className="block text-muted">
                  Order not to tell <HostileText inline text={request.gagReference} />,{" "}
                  {request.gagIndefinite ? (
                    "without an end"
                  ) : request.gagUntil ? (
                    <>
                      until <Moment at={request.gagUntil} zone={request.localZone} />
                    </>
                  ) : (
                    "its end is not recorded"
                  )}
                </span>
              )}
            </Fact>
            <Fact name="Version">
              {request.scopeVersion}{" "}
              <span className="text-muted">· up with each change of what is asked</span>
            </Fact>
          </Facts>
        </Section>
      </div>
      <div className="min-w-0 max-lg:border-t max-lg:border-line">
        <AccountsPanel request={request} onChanged={onChanged} />
        <DocumentsPanel request={request} onChanged={onChanged} />
        <Section title="People">
          <Facts>
            <Fact name="Registered by">{request.registeredBy.name}</Fact>
            <Fact name="Handled by">{request.handledBy?.name ?? "nobody yet"}</Fact>
            <Fact name="Approved by">{request.approvedBy?.name ?? "nobody yet"}</Fact>
            {request.endedBy && <Fact name="Ended by">{request.endedBy.name}</Fact>}
          </Facts>
          {request.endedReason && <HostileText text={request.endedReason} />}
        </Section>
      </div>
    </div>
  );
}

const hostile = (text: string | null): ReactNode =>
  text === null ? <span className="text-muted">not given</span> : <HostileText inline text={text} />;

const moment = (name: string, at: string | null, zone: string): ReactNode =>
  at && (
    <Fact name={name}>
      <Moment at={at} zone={zone} />
    </Fact>
  );
