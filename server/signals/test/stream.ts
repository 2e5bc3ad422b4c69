import type { Sql } from "postgres";
import { idAt, Rows } from "./bulk.ts";
import { type Dice, dice } from "./random.ts";

export interface Participant {
  /** The platform's opaque id. */
  readonly account: string;
  readonly ageBand: "adult" | "minor" | "unknown";
  readonly country: string;
}

export interface Opening {
  readonly staff: string;
  readonly queue: string;
  readonly region: string;
  readonly at: number;
  readonly participants: readonly Participant[];
  /** Whether the person decided the case a few minutes later. */
  readonly decided: boolean;
  readonly purpose?: string;
  /** An earlier case that is opened once more. */
  readonly again?: Opened;
}

export interface Opened {
  readonly caseId: string;
  readonly threadId: string;
  readonly viewId: string;
}

export interface Act {
  readonly staff: string;
  readonly roles: readonly string[];
  readonly action: string;
  readonly outcome: "done" | "denied";
  readonly at: number;
  readonly caseId?: string;
  readonly code?: string;
}

/**
 * Writes what staff did in the past into the very tables that the product writes: threads, cases, participants, views,
 * decisions and events, in bulk. No content: identities are empty bytes.
 */
export class Stream {
  readonly #sql: Sql;
  readonly #platform: string;
  readonly #random: Dice;
  readonly #threads = new Rows("triage.threads", [
    "id",
    "platform_id",
    "platform_thread_id",
    "kind",
    "region",
    "message_count",
    "participant_count",
    "minor_count",
  ]);
  readonly #participants = new Rows("sealed.participants", [
    "thread_id",
    "id",
    "platform_participant_id",
    "ordinal",
    "key_id",
    "identity_ct",
    "identity_mac",
    "age_band",
    "country",
  ]);
  readonly #cases = new Rows("triage.cases", [
    "id",
    "thread_id",
    "platform_id",
    "queue_id",
    "region",
    "category",
    "severity",
    "state",
    "priority",
    "sources",
    "message_count",
    "participant_count",
    "minor_count",
    "opened_at",
    "due_at",
    "decided_at",
  ]);
  readonly #views = new Rows("access.views", [
    "id",
    "grant_id",
    "staff_id",
    "session_id",
    "case_id",
    "thread_id",
    "purpose",
    "scope",
    "reason",
    "message_ids",
    "places",
    "flag_ids",
    "truncated",
    "opened_at",
    "expires_at",
    "opened_xid",
  ]);
  readonly #decisions = new Rows("triage.decisions", [
    "id",
    "case_id",
    "decided_by",
    "outcome",
    "action",
    "viewed",
    "from_queue_id",
    "decided_at",
    "undo_until",
  ]);
  readonly #events = new Rows("audit.events", [
    "id",
    "at",
    "actor_kind",
    "actor_id",
    "actor_roles",
    "action",
    "outcome",
    "case_id",
    "detail",
    "leaf_salt",
  ]);

  constructor(sql: Sql, platform: string, seed: number) {
    this.#sql = sql;
    this.#platform = platform;
    this.#random = dice(seed);
  }

  id(at: number): string {
    return idAt(at, this.#random);
  }

  open(opening: Opening): Opened {
    const { staff, queue, region, participants } = opening;
    const at = new Date(opening.at);
    const threadId = opening.again?.threadId ?? this.id(opening.at);
    const caseId = opening.again?.caseId ?? this.id(opening.at);
    const viewId = this.id(opening.at);
    const decidedAt = new Date(opening.at + this.#random.whole(60, 500) * 1000);
    if (!opening.again) {
      const minors = participants.filter(({ ageBand }) => ageBand === "minor").length;
      this.#threads.add(
        threadId,
        this.#platform,
        threadId,
        "direct",
        region,
        10,
        participants.length,
        minors,
      );
      for (const [i, { account, ageBand, country }] of participants.entries())
        this.#participants.add(
          threadId,
          this.id(opening.at),
          account,
          i + 1,
          threadId,
          "",
          "",
          ageBand,
          country,
        );
      // Let go of, it was decided by somebody later: the case is over either way, and not by this person.
      this.#cases.add(
        caseId,
        threadId,
        this.#platform,
        queue,
        region,
        "harassment",
        2,
        "decided",
        200,
        ["user_report"],
        10,
        participants.length,
        minors,
        at,
        at,
        decidedAt,
      );
    }
    this.#views.add(
      viewId,
      viewId,
      staff,
      viewId,
      caseId,
      threadId,
      opening.purpose ?? "user_report_review",
      "flagged_window",
      "A synthetic reason.",
      [],
      [],
      [],
      false,
      at,
      new Date(opening.at + 600_000),
      "1",
    );
    if (opening.decided)
      this.#decisions.add(
        this.id(opening.at),
        caseId,
        staff,
        "no_violation",
        "none",
        true,
        queue,
        decidedAt,
        decidedAt,
      );
    return { caseId, threadId, viewId };
  }

  act({ staff, roles, action, outcome, at, caseId, code }: Act): string {
    const id = this.id(at);
    this.#events.add(
      id,
      new Date(at),
      "staff",
      staff,
      roles,
      action,
      outcome,
      caseId ?? null,
      JSON.stringify(code ? { code } : { page: "events", filters: { n: id } }),
      "",
    );
    return id;
  }

  /** Writes all of it. Foreign keys are not checked row by row: the rows were made together. */
  async write(): Promise<void> {
    const held = await this.#sql.reserve();
    try {
      await held`set session_replication_role = replica`;
      for (const rows of [
        this.#threads,
        this.#participants,
        this.#cases,
        this.#views,
        this.#decisions,
        this.#events,
      ])
        await rows.write(held);
      await held`set session_replication_role = origin`;
      for (const table of [
        "access.views",
        "triage.cases",
        "sealed.participants",
        "triage.decisions",
        "audit.events",
      ])
        await held.unsafe(`analyze ${table}`);
    } finally {
      held.release();
    }
  }
}
