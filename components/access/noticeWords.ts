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
  }
}
