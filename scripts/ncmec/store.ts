import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly md5: string;
  readonly bytes: number;
  /** Whether its details have come. */
  readonly described: boolean;
}

export interface StoredReport {
  readonly reportId: string;
  readonly state: "open" | "finished" | "retracted";
  readonly batched: boolean;
  readonly openedAt: string;
  /** Last upload or file details. */
  readonly changedAt: string | null;
  readonly finishedAt: string | null;
  readonly files: readonly StoredFile[];
}

/** By the clock, so that a folder that begins anew gives no number of the last one again. */
const firstId = () => 100_000_000 + Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1000);

/** What the local service has received: a folder for each report, so that it outlives the process. */
export class Store {
  readonly #folder: string;
  readonly #reports = new Map<string, StoredReport>();
  #next = firstId();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder).filter((one) => /^\d+$/.test(one))) {
      this.#next = Math.max(this.#next, Number(name) + 1);
      try {
        const report: StoredReport = JSON.parse(readFileSync(join(folder, name, "state.json"), "utf8"));
        this.#reports.set(name, report);
      } catch {
        // Killed before it was whole: nobody was told its number.
      }
    }
  }

  /** Every report, in the order in which they were opened. */
  all(): StoredReport[] {
    return [...this.#reports.values()].sort((a, b) => Number(a.reportId) - Number(b.reportId));
  }
  get(reportId: string): StoredReport | undefined {
    return this.#reports.get(reportId);
  }

  open(xml: Uint8Array, batched: boolean, now: Date): StoredReport {
    const reportId = String(this.#next++);
    mkdirSync(join(this.#folder, reportId), { recursive: true });
    writeFileSync(this.path(reportId, "report.xml"), xml);
    const report: StoredReport = {
      reportId,
      state: "open",
      batched,
      openedAt: now.toISOString(),
      changedAt: null,
      finishedAt: null,
      files: [],
    };
    this.put(report);
    return report;
  }

  /** Replaces what is known of a report; whole or not at all. */
  put(report: StoredReport): void {
    const path = this.path(report.reportId, "state.json");
    writeFileSync(`${path}.new`, JSON.stringify(report));
    renameSync(`${path}.new`, path);
    this.#reports.set(report.reportId, report);
  }

  path(reportId: string, name: string): string {
    return join(this.#folder, reportId, name);
  }
}
