import type { Answer } from "./answer.ts";

export const FAULTS = [
  "time-out",
  "reset",
  "http-500",
  "http-503",
  "code",
  "truncated",
  "broken-off",
  "doctype",
  "html",
  "empty",
  "huge",
  "redirect",
  "wrong-md5",
  "no-md5",
  "other-report",
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** Something that goes wrong on purpose. */
export interface Fault {
  /** The call that it strikes, such as `/upload`. */
  readonly on: string;
  readonly kind: FaultKind;
  /** Whether the service does what it was asked before it fails to say so. */
  readonly done: boolean;
  /** How often. */
  readonly times: number;
  /** For `code`: the response code. For `redirect`: where to. */
  readonly code?: number;
  readonly to?: string;
}

/** The faults that are still to come, in order. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }
  clear(): void {
    this.#waiting = [];
  }
  /** The next fault for a call, which is then used up once. */
  take(path: string): Fault | null {
    const index = this.#waiting.findIndex((one) => one.on === path && one.times > 0);
    const fault = this.#waiting[index];
    if (!fault) return null;
    this.#waiting[index] = { ...fault, times: fault.times - 1 };
    return fault;
  }
}

/** What becomes of an answer. `null`: there is none; a string: the connection ends after so much of it. */
export type Struck =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "silence" | "reset" }
  | { readonly kind: "cut"; readonly answer: Answer };

/** Spoils an answer. */
export function strike(fault: Fault, answer: Answer): Struck {
  const as = (more: Partial<Answer>): Struck => ({ kind: "answer", answer: { ...answer, ...more } });
  switch (fault.kind) {
    case "time-out":
      return { kind: "silence" };
    case "reset":
      return { kind: "reset" };
    case "http-500":
      return as({ status: 500, contentType: "text/html", body: "<html><body>Error</body></html>" });
    case "http-503":
      return as({ status: 503, contentType: "text/plain", body: "Later" });
    case "code":
      return as({
        status: 200,
        body: `<reportResponse><responseCode>${fault.code ?? 1000}</responseCode><responseDescription>On purpose</responseDescription></reportResponse>`,
      });
    case "truncated":
      return as({ body: answer.body.slice(0, Math.floor(answer.body.length / 2)) });
    case "broken-off":
      return { kind: "cut", answer };
    case "doctype":
      return as({
        body: answer.body.replace(
          /\?>\s*/,
          '?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n',
        ),
      });
    case "html":
      return as({ contentType: "text/html", body: "<html><body><p>Welcome</p></body></html>" });
    case "empty":
      return as({ body: "" });
    case "huge":
      return as({ body: answer.body + " ".repeat(3_000_000) });
    case "redirect":
      return as({ status: 302, body: "", headers: { location: fault.to ?? "http://127.0.0.1:1/" } });
    case "wrong-md5":
      return as({ body: answer.body.replace(/<hash>[^<]*/, `<hash>${"0".repeat(32)}`) });
    case "no-md5":
      return as({ body: answer.body.replace(/\s*<hash>[^<]*<\/hash>/, "") });
    case "other-report":
      return as({ body: answer.body.replace(/<reportId>\d+/, "<reportId>999999999") });
  }
}
