import { ArrowRight, TrendingDown, TrendingUp } from "lucide-react";
import type { PolicyDetail } from "../../contracts/accessPolicy.ts";
import { minutesWords, REQUIREMENT_WORDS, SETTING_WORDS, subjectWords } from "../access/words.ts";
import { Badge } from "../ui/Badge.tsx";
import { counted, PURPOSE_WORDS, ROLE_WORDS, SCOPE_WORDS } from "../words.ts";

type Props = Pick<PolicyDetail, "changes" | "settingChanges"> & { against: number };

/** What a version changes against another, what it loosens first. */
export function Changes({ changes, settingChanges, against }: Props) {
  if (changes.length === 0 && settingChanges.length === 0)
    return <p className="text-muted">It says the same as version {against}.</p>;
  const loosened = changes.filter(({ loosens }) => loosens).length;
  const sorted = [...changes].sort((a, b) => Number(b.loosens) - Number(a.loosens));
  return (
    <div className="grid gap-2">
      <p>
        {counted(changes.length + settingChanges.length, "change")} against version {against}
        {loosened > 0 && (
          <>
            , <strong className="text-danger">{loosened} of them let somebody open more, or with less</strong>
          </>
        )}
        .
      </p>
      {sorted.length > 0 && (
        <section aria-label="Rules that change" className="max-h-96 overflow-auto">
          <ul className="grid gap-1">
            {sorted.map((change) => (
              <li
                key={`${change.role} ${change.purpose} ${change.scope} ${change.subject}`}
                className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line py-1"
              >
                <Badge tone={change.loosens ? "danger" : "ok"}>
                  {change.loosens ? (
                    <TrendingUp aria-hidden className="size-3.5" />
                  ) : (
                    <TrendingDown aria-hidden className="size-3.5" />
                  )}
                  {change.loosens ? "Loosens" : "Tightens"}
                </Badge>
                <span>
                  {ROLE_WORDS[change.role]}: {PURPOSE_WORDS[change.purpose]},{" "}
                  {SCOPE_WORDS[change.scope].name.toLowerCase()}, {subjectWords(change.subject).toLowerCase()}
                </span>
                <span className="inline-flex flex-wrap items-center gap-1.5 font-medium">
                  {limitsWords(change.before)}
                  <ArrowRight role="img" aria-label="becomes" className="size-3.5" />
                  {limitsWords(change.after)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {settingChanges.length > 0 && (
        <ul className="grid gap-1">
          {settingChanges.map(({ setting, before, after }) => (
            <li key={setting} className="flex flex-wrap items-center gap-x-2">
              {SETTING_WORDS[setting].name}:
              <span className="inline-flex flex-wrap items-center gap-1.5 font-medium">
                <code>{before}</code>
                <ArrowRight role="img" aria-label="becomes" className="size-3.5" />
                <code>{after}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function limitsWords(limits: PolicyDetail["changes"][number]["before"]): string {
  if (!limits || limits.requirement === "never") return "Never";
  return `${REQUIREMENT_WORDS[limits.requirement]}, ${minutesWords(limits.minutes)}, ${counted(limits.viewLimit, "view")}`;
}
