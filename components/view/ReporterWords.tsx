import { Megaphone } from "lucide-react";
import type { ViewContent } from "../../contracts/disclosure.ts";
import type { CaseDetail } from "../../contracts/triage.ts";
import { SOURCE_WORDS } from "../words.ts";
import { HostileText } from "./HostileText.tsx";

/** What reporters wrote with their flags: content like the messages, and shown with them only. */
export function ReporterWords({
  words,
  detail,
}: {
  words: ViewContent["reporterWords"];
  /** Says whose words they are; null where the case is not at hand. */
  detail: CaseDetail | null;
}) {
  if (words.length === 0) return null;
  const pseudonyms = new Map(detail?.thread.participants.map(({ id, pseudonym }) => [id, pseudonym]));
  return (
    <section aria-label="Reporters’ words" className="mb-2 border-b border-line px-3 py-2">
      <h3 className="heading mb-1 flex items-center gap-1.5">
        <Megaphone aria-hidden className="size-3.5" />
        Reporters’ words
      </h3>
      <ul className="grid gap-1.5">
        {words.map(({ flagId, words: text }) => {
          const flag = detail?.flags.find(({ id }) => id === flagId);
          const who = flag?.reporterId ? pseudonyms.get(flag.reporterId) : undefined;
          return (
            <li key={flagId} className="border-l-4 border-line pl-3">
              <p className="text-[0.93rem] text-muted">
                {flag ? SOURCE_WORDS[flag.source] : "Flag"}
                {who && ` by ${who}`}
              </p>
              <HostileText text={text} className="max-w-[75ch] text-base" />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
