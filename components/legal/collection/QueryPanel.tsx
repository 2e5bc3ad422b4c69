"use client";

import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Section } from "../../ui/Section.tsx";
import { Instant } from "../../ui/Time.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted, MESSAGE_KIND_WORDS, REGION_WORDS } from "../../words.ts";
import { categoryWords } from "../production/words.ts";
import { SENT_BY_WORDS } from "./words.ts";

/** The query that was recorded before anything was read, word for word, and what it took. It cannot be changed. */
export function QueryPanel({ collection }: { collection: CollectionDetail }) {
  const { accounts, filters, counts, rounds } = collection;
  const regions: Readonly<Record<string, string>> = REGION_WORDS;
  return (
    <>
      <Section title="What was asked of the data">
        <Facts>
          <Fact name="Accounts">
            <ul>
              {accounts.map((one) => (
                <li key={one.n} className="flex flex-wrap items-center gap-x-2">
                  <HostileText text={one.accountId} inline />
                  <span className="text-muted">
                    {one.platform}, in {counted(one.threads, "thread")}
                  </span>
                </li>
              ))}
            </ul>
          </Fact>
          <Fact name="Categories">{collection.categories.map(categoryWords).join(", ")}</Fact>
          <Fact name="Range">
            {collection.from ? <Instant at={collection.from} seconds /> : "From the beginning"}
            {" to "}
            {collection.until ? <Instant at={collection.until} seconds /> : "the cut-off"}
          </Fact>
          <Fact name="Cut-off">
            <Instant at={collection.cutOff} seconds />
          </Fact>
          <Fact name="Written by">{SENT_BY_WORDS[filters.sentBy]}</Fact>
          <Fact name="Kinds">
            {filters.kinds.map((kind) => MESSAGE_KIND_WORDS[kind]).join(", ") || "All"}
          </Fact>
          {filters.threads.length > 0 && (
            <Fact name="Kept to">{counted(filters.threads.length, "thread")}</Fact>
          )}
          <Fact name="Regions">
            {collection.regions.map((region) => regions[region] ?? region).join(", ")}
            {collection.outOfRegions > 0 && (
              <>
                {" "}
                <Badge tone="warn">
                  {counted(collection.outOfRegions, "thread")} out of your regions, not taken
                </Badge>
              </>
            )}
          </Fact>
          <Fact name="Version">{collection.toolVersion}</Fact>
          <Fact name="SHA-256">
            <code className="text-[0.857rem] break-all">{collection.digest}</code>
          </Fact>
        </Facts>
        <details className="mt-2">
          <summary className="text-muted">The query, word for word</summary>
          <pre className="mt-1 rounded border border-line bg-sunken p-2 text-[0.857rem] break-all whitespace-pre-wrap">
            {collection.query}
          </pre>
        </details>
      </Section>
      <Section title="What it took">
        <Facts>
          <Fact name="Threads">
            {counts.threads.toLocaleString("en-GB")}
            {counts.restricted > 0 &&
              ` (${counts.restricted.toLocaleString("en-GB")} of a restricted subject)`}
          </Fact>
          <Fact name="Messages">
            {counts.messages.toLocaleString("en-GB")}: {counts.edited.toLocaleString("en-GB")} edited,{" "}
            {counts.deleted.toLocaleString("en-GB")} deleted
          </Fact>
          <Fact name="Attachments">{counts.attachments.toLocaleString("en-GB")}</Fact>
          <Fact name="Third parties">{counts.thirdParties.toLocaleString("en-GB")}</Fact>
          {Object.entries(counts.byCategory).map(([category, records]) => (
            <Fact key={category} name={`${categoryWords(category)} records`}>
              {records.toLocaleString("en-GB")}
            </Fact>
          ))}
        </Facts>
      </Section>
      <Section title="Rounds of review">
        <ol className="grid gap-1.5">
          {rounds.map((one) => (
            <li key={one.n} className="border-l-4 border-line pl-3">
              <p>
                <strong>Round {one.n}</strong>{" "}
                <span className="text-muted">
                  {one.openedBy.name}, <Instant at={one.openedAt} />
                </span>
                {one.handedInBy && one.handedInAt && (
                  <span className="text-muted">
                    {" "}
                    · handed in by {one.handedInBy.name}, <Instant at={one.handedInAt} />
                  </span>
                )}
              </p>
              {one.reason && <HostileText text={one.reason} />}
              {one.digest && (
                <p className="text-muted">
                  SHA-256 of the decisions <code className="text-[0.857rem] break-all">{one.digest}</code>
                </p>
              )}
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}
