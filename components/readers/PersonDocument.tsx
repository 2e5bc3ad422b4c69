"use client";

import type { ReactNode } from "react";
import type { ThreadForPerson } from "../../contracts/audit.ts";
import { durationWords } from "../audit/words.ts";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { localWords } from "./localTime.ts";
import { JOB, plain, RESULT, THEN, WHAT, WHY } from "./plainWords.ts";

type Reading = ThreadForPerson["readings"][number];

/** The document: who read the conversation, oldest first, for somebody who has never seen the console. */
export function PersonDocument({ made, zone }: { made: ThreadForPerson; zone: string }) {
  const none = made.readings.length === 0 && made.leftOut === 0;
  return (
    <article
      aria-label="Document for the person concerned"
      className="panel mx-4 mt-6 max-w-3xl px-6 py-5 leading-relaxed max-sm:mx-0 print:m-0 print:max-w-none print:border-0 print:p-0"
    >
      <h2 className="text-lg">Who has read your conversation</h2>
      <p className="mt-2">
        This is a record of every time somebody who works for the service opened the conversation named below.
        It was drawn up on <When at={made.drawnUpAt} zone={zone} />, from a log in which every opening is
        written down before anything is shown.
      </p>
      <p className="mt-2">
        Staff are named by letters. The same letter is always the same person. Times are given in Coordinated
        Universal Time (UTC){zone !== "UTC" && ` and, in brackets, as clocks in ${zoneWords(zone)} show them`}
        .
      </p>
      <dl className="my-3 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Row name="Conversation">
          <span className="font-mono text-[0.93em] break-all">{made.thread}</span>
        </Row>
        <Row name="This document">
          <span className="font-mono text-[0.93em] break-all">{made.reference}</span>
        </Row>
        <Row name="Read by">{none ? "nobody" : counted(made.people, "person", "people")}</Row>
        <Row name="Opened">{counted(made.readings.length + made.leftOut, "time")}</Row>
      </dl>
      {made.leftOut > 0 && (
        <p className="mb-3 font-semibold">
          The oldest {counted(made.leftOut, "opening")} are left out here. Ask for them if you need them.
        </p>
      )}
      {none ? (
        <p>Nobody has opened this conversation.</p>
      ) : (
        <ol className="grid gap-3">
          {made.readings.map((reading, n) => (
            <li
              key={`${reading.from} ${reading.who}`}
              className="break-inside-avoid border-t border-line pt-3 first:border-t-0 first:pt-0"
            >
              <h3>
                {n + 1}. {reading.who}
                {jobs(reading.roles)}
              </h3>
              <ReadingFacts reading={reading} zone={zone} />
            </li>
          ))}
        </ol>
      )}
      <section className="mt-4 break-inside-avoid border-t border-line pt-3">
        <h3>Attempts that were refused</h3>
        {made.refused.length === 0 ? (
          <p>None. Nobody tried to open the conversation and was turned away.</p>
        ) : (
          <>
            <p>These people tried to open the conversation and were turned away. They saw none of it.</p>
            <ul className="mt-1 list-disc pl-5">
              {made.refused.map(({ at, who, roles }) => (
                <li key={`${at} ${who}`}>
                  <When at={at} zone={zone} />: {who}
                  {jobs(roles)}
                </li>
              ))}
            </ul>
            {made.refusedLeftOut && <p className="mt-1">Earlier attempts are left out here.</p>}
          </>
        )}
      </section>
    </article>
  );
}

function ReadingFacts({ reading, zone }: { reading: Reading; zone: string }) {
  const { from, until, decided } = reading;
  return (
    <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
      <Row name="From">
        <When at={from} zone={zone} />
      </Row>
      <Row name="Until">
        {until ? (
          <>
            <When at={until} zone={zone} />, {durationWords((Date.parse(until) - Date.parse(from)) / 1000)} in
            all
          </>
        ) : (
          "still open when this was drawn up"
        )}
      </Row>
      <Row name="What was shown">
        {counted(reading.messages, "message")}: {plain(WHAT, reading.scope)}
      </Row>
      <Row name="Why">
        {plain(WHY, reading.purpose)}
        {reading.reason && <HostileText text={reading.reason} />}
      </Row>
      <Row name="Afterwards">
        {decided ? (
          <>
            {plain(RESULT, decided.outcome)} {THEN[decided.action as keyof typeof THEN]} Decided by{" "}
            {decided.who === reading.who ? "the same person" : decided.who} on{" "}
            <When at={decided.at} zone={zone} />.
          </>
        ) : (
          "Nothing has been decided since."
        )}
      </Row>
    </dl>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function When({ at, zone }: { at: string; zone: string }) {
  return (
    <time dateTime={at}>
      {utcWords(at, true)}
      {zone !== "UTC" && ` (${localWords(at, zone)})`}
    </time>
  );
}

const jobs = (roles: readonly string[]): string =>
  roles.length === 0 ? "" : `, ${roles.map((role) => plain(JOB, role)).join(", ")}`;

const zoneWords = (zone: string): string => zone.replaceAll("_", " ");
