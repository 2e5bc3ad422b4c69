import type { NoticeDto } from "../../contracts/breakGlass.ts";

/** What a notice says and where it leads. Names and levels only: reasons stand on the pages behind it. */
export function noticeWords(notice: NoticeDto): { says: string; href: string | null; link: string } {
  const who = notice.subject?.name ?? "Somebody";
  switch (notice.kind) {
    case "break_glass":
      return { says: `${who} broke the glass.`, href: "/break-glass", link: "Read why and review" };
    case "break_glass_overdue":
      return {
        says: `The review of a broken glass is overdue (level ${notice.level}): ${who}.`,
        href: "/break-glass",
        link: "Go to the register",
      };
    case "reciprocal_approval":
      return {
        says: `${who} approved for ${notice.other?.name ?? "somebody"}, who approved for them within a week.`,
        href: notice.caseId ? `/audit/cases/${notice.caseId}` : null,
        link: "Look at the case’s trail",
      };
    case "hold_ending":
      return about(notice, `The hold of ${request(notice)} ends within ${days(notice)}.`, "holds");
    case "hold_lapsed":
      return about(
        notice,
        `The hold of ${request(notice)} has lapsed. Nothing of it is kept any more.`,
        "holds",
      );
    case "hold_review":
      return about(
        notice,
        `The hold of ${request(notice)} has no end: look within ${days(notice)} whether it is still needed.`,
        "holds",
      );
    case "hold_release_asked":
      return about(notice, `${who} asks for the release of the hold of ${request(notice)}.`, "holds");
    case "gag_ending":
      return about(
        notice,
        `The order not to tell of ${request(notice)} ends within ${days(notice)}. Notices may go then.`,
        "notices",
      );
    case "gag_review":
      return about(
        notice,
        `The order not to tell of ${request(notice)} has no end: look at it again within ${days(notice)}.`,
        "notices",
      );
    case "user_notice_due":
      return about(
        notice,
        `A notice to an account is due within ${days(notice)}: ${request(notice)}.`,
        "notices",
      );
  }
}

const request = (notice: NoticeDto): string => notice.lawfulRequest?.number ?? "a lawful request";

function days({ daysLeft }: NoticeDto): string {
  return daysLeft === 1 ? "a day" : `${daysLeft ?? 0} days`;
}

function about(notice: NoticeDto, says: string, tab: "holds" | "notices") {
  const href = notice.lawfulRequest ? `/lawful-requests/${notice.lawfulRequest.id}` : null;
  return { says, href, link: tab === "holds" ? "Go to the hold" : "Go to the notices" };
}
