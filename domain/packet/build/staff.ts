import type { PacketPerson } from "../model.ts";

const ROLE_WORDS: Readonly<Record<string, string>> = {
  legal_counsel: "Legal counsel",
  compliance_officer: "Compliance officer",
  specialist: "Specialist",
  moderator: "Moderator",
  lead: "Lead",
  administrator: "Administrator",
  auditor: "Auditor",
};

interface Acted {
  readonly staffId: string | null;
  readonly roles: readonly string[] | null;
}
interface Named {
  readonly collectedBy: string;
  readonly approvedBy: string | null;
  readonly orderedBy: string;
  readonly redactedBy: readonly string[];
}

/**
 * How a packet calls the provider's staff: by role and a letter, in the order in which they first acted. A recipient can tell them
 * apart and ask for one; who they are the provider says, and no file.
 */
export class Staff {
  readonly #people = new Map<string, PacketPerson>();

  constructor(custody: readonly Acted[], people: Named) {
    for (const { staffId, roles } of custody) if (staffId) this.#add(staffId, roles?.[0]);
    const rest = [people.collectedBy, ...people.redactedBy, people.approvedBy, people.orderedBy];
    for (const id of rest) if (id) this.#add(id, "legal_counsel");
  }

  of(staffId: string): PacketPerson {
    return this.#people.get(staffId) ?? { label: "Staff", role: "Staff" };
  }

  #add(id: string, role: string | undefined): void {
    if (this.#people.has(id)) return;
    const words = ROLE_WORDS[role ?? ""] ?? "Staff";
    this.#people.set(id, { label: `${words} ${letters(this.#people.size)}`, role: words });
  }
}

/** A, B, … Z, AA, AB … */
function letters(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : `${letters(Math.floor(n / 26) - 1)}${last}`;
}
