/** What the second counsel is told of a packet beside what was asked: numbers alone. */
export interface Compared {
  readonly asked: {
    readonly allowed: readonly string[];
    readonly accounts: readonly string[];
    readonly from: string | null;
    readonly until: string | null;
  };
  readonly content: {
    readonly byCategory: { category: string; records: number }[];
    readonly byAccount: { account: string; records: number }[];
    readonly thirdPartyRecords: number;
    readonly byDay: { day: string; records: number }[];
    readonly first: string | null;
    readonly last: string | null;
    readonly conversations: number;
    readonly messages: number;
    readonly deletedMessages: number;
    readonly editedMessages: number;
    readonly attachments: { included: number; notAvailable: number };
    readonly redactions: { reason: string; times: number; records: number }[];
    readonly withheld: { kind: string; records: number }[];
    readonly thirdParties: { pseudonymised: number; named: number };
  };
}

export interface PacketFinding {
  readonly code:
    | "category-not-allowed"
    | "account-not-named"
    | "outside-the-dates"
    | "named-account-empty"
    | "attachment-not-available"
    | "third-party-named"
    | "nothing-withheld"
    | "nothing-produced";
  /** `bars`: it should not be released so. `look`: think about it. `note`: for completeness. */
  readonly severity: "bars" | "look" | "note";
  readonly count: number;
}

/** What stands out when a packet is held against what was asked: empty when it lies within and nothing is unusual. */
export function findingsOf({ asked, content }: Compared): PacketFinding[] {
  const found: PacketFinding[] = [];
  const add = (code: PacketFinding["code"], severity: PacketFinding["severity"], count: number) => {
    if (count > 0) found.push({ code, severity, count });
  };
  add(
    "category-not-allowed",
    "bars",
    sum(content.byCategory.filter(({ category }) => !asked.allowed.includes(category))),
  );
  add(
    "account-not-named",
    "bars",
    sum(content.byAccount.filter(({ account }) => !asked.accounts.includes(account))),
  );
  const before =
    content.first !== null && asked.from !== null && Date.parse(content.first) < Date.parse(asked.from);
  const after =
    content.last !== null && asked.until !== null && Date.parse(content.last) >= Date.parse(asked.until);
  add("outside-the-dates", "bars", Number(before) + Number(after));
  if (content.messages > 0)
    add(
      "named-account-empty",
      "look",
      asked.accounts.filter((account) => !content.byAccount.some((one) => one.account === account)).length,
    );
  add("attachment-not-available", "look", content.attachments.notAvailable);
  add("third-party-named", "look", content.thirdParties.named);
  const records = sum(content.byCategory);
  if (records > 0) add("nothing-withheld", "note", content.withheld.length === 0 ? 1 : 0);
  else add("nothing-produced", "look", 1);
  return found;
}

function sum(rows: readonly { readonly records: number }[]): number {
  return rows.reduce((all, { records }) => all + records, 0);
}
