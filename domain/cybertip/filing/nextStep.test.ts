import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FailureCause } from "./causes.ts";
import type { Ledger, LedgerAttempt, LedgerStep } from "./ledger.ts";
import { type NextStep, nextStep } from "./nextStep.ts";
import type { Pace } from "./pace.ts";

const PACE: Pace = { waits: [1000, 5000, 60_000], tries: 6, attempts: 8, spoilt: 3 };
const START = Date.UTC(2026, 0, 1);

/** What happens at one call. */
type Luck =
  | { kind: "well" }
  /** The process dies before the call, right behind it, or wakes up much later and makes it then. */
  | { kind: "dies"; call: "never" | "done" | "later" }
  | { kind: "fails"; cause: FailureCause; done: boolean; inDoubt: boolean }
  | { kind: "refused"; code: number }
  | { kind: "spoilt" }
  | { kind: "sleeps"; hours: number };

const luck: fc.Arbitrary<Luck> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Luck>({ kind: "well" }) },
  fc.record({ kind: fc.constant("dies" as const), call: fc.constantFrom("never", "done", "later") }),
  fc.constantFrom<Luck>(
    { kind: "fails", cause: "unreachable", done: false, inDoubt: false },
    { kind: "fails", cause: "busy", done: false, inDoubt: false },
    { kind: "fails", cause: "time-out", done: false, inDoubt: true },
    { kind: "fails", cause: "time-out", done: true, inDoubt: true },
    { kind: "fails", cause: "broken-off", done: true, inDoubt: true },
    { kind: "fails", cause: "server-error", done: true, inDoubt: true },
    { kind: "fails", cause: "answer-hostile", done: true, inDoubt: true },
    { kind: "fails", cause: "answer-strange", done: true, inDoubt: true },
    { kind: "fails", cause: "certificate", done: false, inDoubt: false },
    { kind: "fails", cause: "cancelled", done: true, inDoubt: true },
    { kind: "fails", cause: "file-changed", done: false, inDoubt: true },
    { kind: "fails", cause: "file-unreachable", done: false, inDoubt: false },
  ),
  fc.constantFrom(2000, 3100, 4000, 4100, 5001, 5002, 9999).map((code): Luck => ({ kind: "refused", code })),
  fc.constant<Luck>({ kind: "spoilt" }),
  fc.integer({ min: 1, max: 30 }).map((hours): Luck => ({ kind: "sleeps", hours })),
);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Attempt = Mutable<Omit<LedgerAttempt, "steps">> & { steps: Mutable<LedgerStep>[] };

/** The service as it is documented, and a filing that lives with it. */
class Stage {
  now = START;
  readonly reports: { state: "open" | "finished" | "retracted"; openedAt: number; changedAt: number }[] = [];
  readonly attempts: Attempt[] = [];
  readonly sleepers: (() => void)[] = [];
  since = new Date(START);
  stopAsked = false;
  calls = 0;
  outcome: NextStep | null = null;
  /** Numbers with gaps: some are left out. */
  readonly files: readonly number[];

  constructor(files: number) {
    this.files = Array.from({ length: files }, (_, i) => 2 * i + 1);
  }

  get ledger(): Ledger {
    return { since: this.since, stopAsked: this.stopAsked, attempts: this.attempts };
  }
  get finished(): number {
    return this.reports.filter((one) => one.state === "finished").length;
  }

  /** The service's answer to a call: a code, and for submit the number. */
  answer(kind: LedgerStep["kind"], reportId: string | null): { code: number; reportId?: string } {
    if (kind === "submit") {
      this.reports.push({ state: "open", openedAt: this.now, changedAt: 0 });
      return { code: 0, reportId: String(this.reports.length - 1) };
    }
    const report = this.reports[Number(reportId)];
    if (!report) return { code: 5001 };
    if (report.state === "finished") return { code: 5102 };
    if (report.state === "retracted") return { code: 5101 };
    if (this.now >= Math.max(report.openedAt + 24 * 3_600_000, report.changedAt + 3_600_000))
      return { code: 5001 };
    if (kind === "finish") report.state = "finished";
    else if (kind === "retract") report.state = "retracted";
    else report.changedAt = this.now;
    return { code: 0 };
  }

  /** One turn of a worker. False when the filing has come to an end. */
  turn(next: NextStep, fate: () => Luck): boolean {
    const attempt = this.attempts.at(-1);
    switch (next.do) {
      case "filed":
      case "stuck":
        this.outcome = next;
        return false;
      case "start":
        this.attempts.push({
          n: this.attempts.length + 1,
          state: "open",
          openedAt: new Date(this.now),
          reportId: null,
          submittedAt: null,
          lastChangeAt: null,
          steps: [],
        });
        return true;
      case "wait":
        expect(next.until.getTime()).toBeGreaterThan(this.now);
        this.now = next.until.getTime();
        return true;
      case "close":
        if (attempt) attempt.state = next.as === "was-finished" ? "finished" : next.as;
        return true;
      case "assemble":
        throw new Error("It has been put together.");
      default:
        if (!attempt) throw new Error("A call without an attempt.");
        this.#call(attempt, next, fate());
        return true;
    }
  }

  #call(attempt: Attempt, next: Extract<NextStep, { do: LedgerStep["kind"] }>, fate: Luck): void {
    this.calls++;
    this.now += 500;
    const step: Mutable<LedgerStep> = {
      kind: next.do,
      fileNo: "fileNo" in next ? next.fileNo : null,
      state: "begun",
      begunAt: new Date(this.now),
      endedAt: null,
      code: null,
      inDoubt: false,
      cause: null,
      fileId: null,
      intact: null,
    };
    attempt.steps.push(step);
    const { reportId } = attempt;
    const end = (more: Partial<LedgerStep>) => Object.assign(step, { endedAt: new Date(this.now) }, more);
    if (fate.kind === "sleeps") this.now += fate.hours * 3_600_000;
    if (fate.kind === "dies") {
      if (fate.call === "done") this.answer(next.do, reportId);
      if (fate.call === "later") this.sleepers.push(() => this.answer(next.do, reportId));
      return;
    }
    if (fate.kind === "fails") {
      if (fate.done) this.answer(next.do, reportId);
      end({ state: "failed", cause: fate.cause, inDoubt: fate.inDoubt });
      return;
    }
    // A refusal out of the blue, but never one that lies about where a report stands.
    if (fate.kind === "refused" && !(fate.code > 5000 && next.do === "retract")) {
      end({ state: "refused", code: fate.code });
      return;
    }
    const answer = this.answer(next.do, reportId);
    if (answer.code !== 0) {
      end({ state: "refused", code: answer.code });
      return;
    }
    end({ state: "accepted", code: 0 });
    if (next.do === "submit") {
      attempt.reportId = answer.reportId ?? null;
      attempt.submittedAt = step.begunAt;
    }
    if (next.do === "upload") {
      step.fileId = `file-${next.fileNo}-${attempt.n}`;
      step.intact = fate.kind !== "spoilt";
    }
    if (next.do === "upload" || next.do === "fileinfo") attempt.lastChangeAt = new Date(this.now);
  }

  run(fates: Luck[], most: number): void {
    this.outcome = null;
    const fate = () => fates.shift() ?? ({ kind: "well" } as const);
    for (let turns = 0; ; turns++) {
      if (turns > most) throw new Error("It does not come to an end.");
      // Somebody who slept wakes up in the middle of it.
      if (this.sleepers.length > 0 && turns % 3 === 2) this.sleepers.shift()?.();
      expect(this.finished).toBeLessThanOrEqual(1);
      const open = this.attempts.filter((one) => one.state === "open");
      expect(open.length).toBeLessThanOrEqual(1);
      if (!this.turn(nextStep(this.ledger, this.files, new Date(this.now), PACE), fate)) return;
    }
  }
}

// Attempts × (two calls a file, opening, finishing, retraction, each with its tries and its waiting).
const most = (files: number) => PACE.attempts * (2 * files + 3 + 2) * PACE.tries * 2 + 100;

describe("whatever breaks", () => {
  test("nothing is ever filed twice, and every filing comes to an end that is true", () => {
    let filed = 0;
    let lost = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), fc.array(luck, { maxLength: 60 }), (files, fates) => {
        const stage = new Stage(files);
        stage.run([...fates], most(files));
        for (const wake of stage.sleepers.splice(0)) wake();
        expect(stage.finished).toBeLessThanOrEqual(1);
        if (stage.outcome?.do === "filed") {
          filed++;
          const last = stage.attempts.at(-1);
          expect(last?.state).toBe("finished");
          expect(stage.reports[Number(last?.reportId)]?.state).toBe("finished");
          if (!last?.steps.some((one) => one.kind === "finish" && one.state === "accepted")) lost++;
        } else if (!stage.attempts.some((one) => one.state === "open")) {
          // It said that nothing was filed.
          expect(stage.finished).toBe(0);
        }
      }),
      { numRuns: 5000 },
    );
    // The generator reaches both ends.
    expect(filed).toBeGreaterThan(1000);
    expect(lost).toBeGreaterThan(10);
  });

  test("a person who tries again never makes it two", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.array(luck, { maxLength: 25 }), { minLength: 2, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (files, rounds, stops) => {
          const stage = new Stage(files);
          for (const [i, fates] of rounds.entries()) {
            stage.stopAsked = stops[i] ?? false;
            stage.since = new Date(stage.now);
            stage.run([...fates], most(files));
            stage.now += 1000;
          }
          stage.stopAsked = false;
          stage.since = new Date(stage.now);
          stage.run([], most(files));
          for (const wake of stage.sleepers.splice(0)) wake();
          // With everything well again it is filed, once.
          expect(stage.outcome).toEqual({ do: "filed" });
          expect(stage.finished).toBe(1);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("a service that does nothing but fail is not asked for ever", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), luck, (files, always) => {
        fc.pre(always.kind !== "well" && always.kind !== "sleeps");
        const stage = new Stage(files);
        stage.run(
          Array.from({ length: 2000 }, () => always),
          most(files),
        );
        expect(stage.calls).toBeLessThanOrEqual(PACE.attempts * PACE.tries * 2);
        if (always.kind !== "spoilt" && !(always.kind === "fails" && always.cause.startsWith("file-")))
          expect(stage.outcome?.do).toBe("stuck");
      }),
    );
  });
});

describe("an ordinary filing", () => {
  const well = (files: number) => {
    const stage = new Stage(files);
    stage.run([], 100);
    return stage;
  };

  test("opens, sends each file with its details, and finishes", () => {
    const [attempt] = well(2).attempts;
    expect(attempt?.steps.map(({ kind, fileNo }) => [kind, fileNo])).toEqual([
      ["submit", null],
      ["upload", 1],
      ["fileinfo", 1],
      ["upload", 3],
      ["fileinfo", 3],
      ["finish", null],
    ]);
  });

  test("without files goes from opening to finishing", () => {
    expect(well(0).attempts[0]?.steps.map(({ kind }) => kind)).toEqual(["submit", "finish"]);
  });

  test("asks to have the report put together before it opens one, and not to take one back", () => {
    const stage = new Stage(1);
    const ask = () => nextStep(stage.ledger, null, new Date(stage.now), PACE);
    expect(ask()).toEqual({ do: "start" });
    const turn = (fate: Luck) =>
      stage.turn(nextStep(stage.ledger, stage.files, new Date(stage.now), PACE), () => fate);
    turn({ kind: "well" });
    expect(ask()).toEqual({ do: "assemble" });
    turn({ kind: "well" });
    expect(ask()).toEqual({ do: "assemble" });
    turn({ kind: "dies", call: "never" });
    expect(ask()).toEqual({ do: "retract" });
  });
});

describe("a call whose end is not on record", () => {
  const died = (kind: LedgerStep["kind"], call: "never" | "done") => {
    const order = ["submit", "upload", "fileinfo", "finish"];
    const stage = new Stage(1);
    stage.run(
      [...order.slice(0, order.indexOf(kind)).map((): Luck => ({ kind: "well" })), { kind: "dies", call }],
      100,
    );
    return stage;
  };

  test("an opening is left behind and another made", () => {
    const stage = died("submit", "done");
    expect(stage.attempts.map((one) => one.state)).toEqual(["gone", "finished"]);
    expect(stage.reports.map((one) => one.state)).toEqual(["open", "finished"]);
  });

  test.each(["upload", "fileinfo"] as const)("after %s the report is retracted and begun anew", (kind) => {
    const stage = died(kind, "done");
    expect(stage.attempts.map((one) => one.state)).toEqual(["retracted", "finished"]);
    expect(stage.reports.map((one) => one.state)).toEqual(["retracted", "finished"]);
  });

  test("a finishing that never left is found out and made", () => {
    expect(died("finish", "never").attempts.map((one) => one.state)).toEqual(["retracted", "finished"]);
  });

  test("a finishing that arrived is found out and not repeated", () => {
    const stage = died("finish", "done");
    expect(stage.attempts.map((one) => one.state)).toEqual(["finished"]);
    expect(stage.reports.map((one) => one.state)).toEqual(["finished"]);
    expect(stage.attempts[0]?.steps.at(-1)).toMatchObject({ kind: "retract", state: "refused", code: 5102 });
  });
});

describe("what needs a person", () => {
  const stuck = (...fates: Luck[]) => {
    const stage = new Stage(1);
    stage.run(fates, 2000);
    return stage;
  };
  const well: Luck = { kind: "well" };
  const refused = (code: number): Luck => ({ kind: "refused", code });
  const fails = (cause: FailureCause): Luck => ({ kind: "fails", cause, done: false, inDoubt: true });

  test.each([
    ["refused", [refused(4100)]],
    ["refused", [well, well, refused(4100)]],
    ["credentials", [refused(2000)]],
    ["rights", [refused(3100)]],
    ["refused", [refused(8123)]],
    ["file-gone", [well, fails("file-gone")]],
    ["file-changed", [well, fails("file-changed")]],
    ["file-too-large", [well, fails("file-too-large")]],
    ["connection", [fails("answer-hostile")]],
    ["connection", [well, fails("certificate")]],
    ["spoilt", Array.from({ length: 40 }, () => ({ kind: "spoilt" as const }))],
    ["gave-up", Array.from({ length: 40 }, () => ({ ...fails("unreachable"), inDoubt: false }) as Luck)],
  ] as const)("%s", (code, fates) => {
    const stage = stuck(...fates);
    expect(stage.outcome).toEqual({ do: "stuck", code });
    expect(stage.attempts.some((one) => one.state === "open")).toBe(false);
    expect(stage.finished).toBe(0);
  });

  test("a service that will not say what became of a report: nobody is told that nothing was filed", () => {
    const stage = stuck(well, well, well, fails("time-out"), refused(2000));
    expect(stage.outcome).toEqual({ do: "stuck", code: "cannot-tell" });
    expect(stage.attempts.at(-1)?.state).toBe("open");
  });

  test("a report that nobody asked to finish is let go even when the service will not take it back", () => {
    const stage = stuck(well, refused(2000), refused(2000));
    expect(stage.outcome).toEqual({ do: "stuck", code: "credentials" });
    expect(stage.attempts.map((one) => one.state)).toEqual(["gone"]);
    expect(stage.reports.map((one) => one.state)).toEqual(["open"]);
  });

  test("stopped by a person: taken back, and not begun again", () => {
    const stage = new Stage(2);
    for (let i = 0; i < 3; i++)
      stage.turn(nextStep(stage.ledger, stage.files, new Date(stage.now), PACE), () => ({ kind: "well" }));
    stage.stopAsked = true;
    stage.run([], 100);
    expect(stage.outcome).toEqual({ do: "stuck", code: "stopped" });
    expect(stage.reports.map((one) => one.state)).toEqual(["retracted"]);
  });
});

test("an attempt that the service has deleted meanwhile is begun anew", () => {
  const stage = new Stage(1);
  stage.run([{ kind: "well" }, { kind: "sleeps", hours: 25 }], 100);
  expect(stage.attempts.map((one) => one.state)).toEqual(["gone", "finished"]);
});

test("waits grow, and end where a file goes through", () => {
  const stage = new Stage(2);
  const busy: Luck = { kind: "fails", cause: "busy", done: false, inDoubt: false };
  const waits: number[] = [];
  const fates: Luck[] = [busy, busy, { kind: "well" }, { kind: "well" }, { kind: "well" }, busy];
  for (;;) {
    const next = nextStep(stage.ledger, stage.files, new Date(stage.now), PACE);
    if (next.do === "wait") waits.push(next.until.getTime() - stage.now);
    if (!stage.turn(next, () => fates.shift() ?? { kind: "well" })) break;
  }
  expect(waits).toEqual([1000, 5000, 1000]);
});
