import { Crosshair, Fingerprint, KeyRound, Megaphone, ShieldCheck, UserRoundPen } from "lucide-react";
import type { FlagDto, ParticipantOutline } from "../../contracts/triage.ts";
import type { Source } from "../../domain/vocabulary.ts";
import { Severity } from "../ui/Severity.tsx";
import { Time } from "../ui/Time.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { CATEGORY_WORDS, counted, SOURCE_WORDS } from "../words.ts";

const ICONS: Record<Source, typeof Crosshair> = {
  user_report: Megaphone,
  keyword: KeyRound,
  classifier: Crosshair,
  hash_match: Fingerprint,
  trusted_flagger: ShieldCheck,
  staff: UserRoundPen,
};

type Props = { flags: FlagDto[]; participants: ParticipantOutline[] };

/** The signals that make the case: where each came from and how sure it is. */
export function FlagList({ flags, participants }: Props) {
  const pseudonyms = new Map(participants.map(({ id, pseudonym }) => [id, pseudonym]));
  return (
    <ul className="grid gap-2.5">
      {flags.map((flag) => {
        const Icon = ICONS[flag.source];
        const reporter = flag.reporterId ? pseudonyms.get(flag.reporterId) : undefined;
        const facts = [
          counted(flag.flaggedMessageIds.length, "message"),
          flag.confidence !== null && `confidence ${Math.round(flag.confidence * 100)} %`,
          reporter && `by ${reporter}`,
          flag.madeBy && `by ${flag.madeBy.name}`,
          flag.hasWords && "reporter’s words sealed",
        ].filter(Boolean);
        return (
          <li key={flag.id}>
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="inline-flex items-center gap-1.5 font-semibold">
                <Icon aria-hidden className="size-4 text-muted" />
                {SOURCE_WORDS[flag.source]}
              </span>
              <Severity value={flag.severity} />
              <span>{CATEGORY_WORDS[flag.category]}</span>
            </p>
            <p className="text-muted wrap-anywhere">
              {flag.detector && (
                <>
                  <HostileText
                    inline
                    text={[flag.detector.name, flag.detector.version].filter(Boolean).join(" ")}
                  />
                  {" · "}
                </>
              )}
              {facts.join(" · ")} · <Time at={flag.raisedAt ?? flag.receivedAt} />
            </p>
          </li>
        );
      })}
    </ul>
  );
}
