"use client";

import { Download } from "lucide-react";
import type { ReactNode } from "react";
import type { Comparison } from "../../../contracts/legal/productions.ts";
import { csvLine } from "../../../domain/csvCell.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Section } from "../../ui/Section.tsx";
import { SideScroll } from "../../ui/SideScroll.tsx";
import { saveCsv } from "../../ui/saveCsv.ts";
import { Instant } from "../../ui/Time.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { WITHHELD_WORDS } from "../collection/words.ts";
import { categoryWords } from "./words.ts";

const shown = (count: number): string => count.toLocaleString("en-GB");

/** Asked for and produced, side by side: by category, account and day, and what is not in it. */
export function ComparisonTables({ comparison }: { comparison: Comparison }) {
  const { asked, content } = comparison;
  const categories = [
    ...new Set([...asked.categories, ...asked.allowed, ...content.byCategory.map((one) => one.category)]),
  ];
  const accounts = [...new Set([...asked.accounts, ...content.byAccount.map((one) => one.account)])];
  const recordsOf = (category: string): number =>
    content.byCategory.find((one) => one.category === category)?.records ?? 0;
  const writtenBy = (account: string): number =>
    content.byAccount.find((one) => one.account === account)?.records ?? 0;
  return (
    <>
      <Section
        title="Asked for and produced"
        aside={
          <Button small look="quiet" onClick={() => save(comparison)}>
            <Download aria-hidden className="size-4" />
            These figures as CSV
          </Button>
        }
      >
        <div className="grid gap-4 lg:grid-cols-2">
          <Table
            label="By category"
            heads={["Category", "Asked for", "May be given", "Records"]}
            rows={categories.map((category) => ({
              key: category,
              cells: [
                categoryWords(category),
                <Yes key="asked" yes={asked.categories.includes(category)} />,
                <Yes key="allowed" yes={asked.allowed.includes(category)} />,
                shown(recordsOf(category)),
              ],
              wrong: recordsOf(category) > 0 && !asked.allowed.includes(category),
            }))}
          />
          <Table
            label="By who wrote"
            heads={["Account", "Named", "Messages"]}
            rows={[
              ...accounts.map((account) => ({
                key: account,
                cells: [
                  <HostileText key="account" text={account} inline />,
                  <Yes key="named" yes={asked.accounts.includes(account)} />,
                  shown(writtenBy(account)),
                ],
                wrong: !asked.accounts.includes(account),
              })),
              {
                key: "third parties",
                cells: [
                  `Third parties (${shown(content.thirdParties.pseudonymised)} pseudonymised, ${shown(content.thirdParties.named)} named)`,
                  "–",
                  shown(content.thirdPartyRecords),
                ],
                wrong: false,
              },
            ]}
          />
        </div>
        <div className="mt-3">
          <Facts>
            <Fact name="Dates asked for">
              {asked.from ? <Instant at={asked.from} /> : "From the beginning"}
              {" to "}
              {asked.until ? <Instant at={asked.until} /> : "the end"}
            </Fact>
            <Fact name="Dates produced">
              {content.first && content.last ? (
                <>
                  <Instant at={content.first} /> to <Instant at={content.last} />
                </>
              ) : (
                "None"
              )}
            </Fact>
            <Fact name="Conversations">{shown(content.conversations)}</Fact>
            <Fact name="Messages">
              {shown(content.messages)}, of these {shown(content.deletedMessages)} deleted,{" "}
              {shown(content.editedMessages)} edited
            </Fact>
            <Fact name="Attachments">
              {shown(content.attachments.included)} in the packet, {shown(content.attachments.notAvailable)}{" "}
              not available any more
            </Fact>
          </Facts>
        </div>
      </Section>
      {content.byDay.length > 0 && (
        <Section title="Messages by day (UTC)">
          <Days days={content.byDay} />
        </Section>
      )}
      <Section title="What is not in it">
        <div className="grid gap-4 lg:grid-cols-2">
          <Table
            label="Redacted, by reason"
            heads={["Reason", "Times", "Messages"]}
            nothing="Nothing was redacted."
            rows={content.redactions.map((one) => ({
              key: one.reason,
              cells: [<HostileText key="reason" text={one.reason} />, shown(one.times), shown(one.records)],
              wrong: false,
            }))}
          />
          <Table
            label="Withheld whole"
            heads={["Why", "Records"]}
            nothing="Nothing was withheld."
            rows={content.withheld.map((one) => ({
              key: one.kind,
              cells: [withheldWords(one.kind), shown(one.records)],
              wrong: false,
            }))}
          />
        </div>
      </Section>
    </>
  );
}

const withheldWords = (kind: string): string => {
  const known: Readonly<Record<string, string>> = {
    ...WITHHELD_WORDS,
    not_available: "Not available any more",
  };
  return known[kind] ?? kind.replaceAll("_", " ");
};

function Yes({ yes }: { yes: boolean }) {
  return yes ? <Badge tone="ok">Yes</Badge> : <span className="text-muted">No</span>;
}

type Row = { key: string; cells: ReactNode[]; wrong: boolean };

function Table({
  label,
  heads,
  rows,
  nothing,
}: {
  label: string;
  heads: readonly string[];
  rows: readonly Row[];
  nothing?: string;
}) {
  return (
    <div className="min-w-0">
      <h3 className="heading mb-1">{label}</h3>
      {rows.length === 0 && <p className="text-muted">{nothing}</p>}
      {rows.length > 0 && (
        <SideScroll label={label}>
          <table className="w-full text-left">
            <thead>
              <tr className="text-muted">
                {heads.map((head) => (
                  <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells, wrong }) => (
                <tr key={key} className="border-t border-line align-top">
                  {cells.map((cell, n) =>
                    n === 0 ? (
                      <th key={heads[n]} scope="row" className="py-1 pr-4 font-normal">
                        {cell}
                        {wrong && <Badge tone="danger">Not asked for</Badge>}
                      </th>
                    ) : (
                      <td key={heads[n]} className="py-1 pr-4">
                        {cell}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
    </div>
  );
}

const [BAR, GAP, HEIGHT] = [8, 2, 48];

/** A bar a day: what lies outside a range, or a day on which much was said, is seen at once. */
function Days({ days }: { days: Comparison["content"]["byDay"] }) {
  const most = Math.max(...days.map(({ records }) => records));
  const busiest = days.find(({ records }) => records === most);
  return (
    <figure>
      <SideScroll label="Messages by day">
        <svg
          role="img"
          aria-label={`A bar for each of ${counted(days.length, "day")} on which something was said`}
          width={days.length * (BAR + GAP)}
          height={HEIGHT + 1}
          className="text-accent"
        >
          <line x1="0" y1={HEIGHT + 0.5} x2="100%" y2={HEIGHT + 0.5} className="stroke-edge" />
          {days.map(({ day, records }, n) => {
            const height = Math.max(2, Math.round((records / most) * HEIGHT));
            return (
              <rect
                key={day}
                x={n * (BAR + GAP)}
                y={HEIGHT - height}
                width={BAR}
                height={height}
                fill="currentColor"
              >
                <title>{`${day}: ${counted(records, "message")}`}</title>
              </rect>
            );
          })}
        </svg>
      </SideScroll>
      <figcaption className="text-muted">
        {days[0]?.day} to {days.at(-1)?.day} · at most {shown(most)}, on {busiest?.day}
      </figcaption>
    </figure>
  );
}

/** The figures as a file: they are on the page already, so nothing more leaves. */
function save({ name, content }: Comparison): void {
  saveCsv(name, [
    csvLine(["figure", "of", "count"]),
    ...content.byCategory.map((one) => csvLine(["records", one.category, one.records])),
    ...content.byAccount.map((one) => csvLine(["messages by account", one.account, one.records])),
    csvLine(["messages by account", "third parties", content.thirdPartyRecords]),
    ...content.byDay.map((one) => csvLine(["messages by day", one.day, one.records])),
    ...content.redactions.map((one) => csvLine(["redactions by reason", one.reason, one.times])),
    ...content.withheld.map((one) => csvLine(["withheld", one.kind, one.records])),
  ]);
}
