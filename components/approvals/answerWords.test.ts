import { describe, expect, it } from "vitest";
import { DENIALS, type DenialCode } from "../../domain/denials.ts";
import { ApiError } from "../api/ApiError.ts";
import { answerWords, refusalWords } from "./answerWords.ts";

const refusal = (code: DenialCode) => new ApiError({ type: "about:blank", code, ...DENIALS[code] });

describe("answers to requests, in words", () => {
  it("says whether an approval was the last that was needed", () => {
    expect(answerWords("approve", { state: "approved", approved: 2, needs: 2 }, "An Other").detail).toContain(
      "open it now",
    );
    expect(answerWords("approve", { state: "pending", approved: 1, needs: 2 }, "An Other").detail).toContain(
      "1 of 2",
    );
  });

  it("tells each refusal apart", () => {
    const codes: DenialCode[] = [
      "already-answered",
      "request-closed",
      "own-request",
      "not-found",
      "wrong-role",
    ];
    const told = codes.map((code) => refusalWords(refusal(code)).title);
    expect(new Set(told).size).toBe(codes.length);
    expect(told).not.toContain(DENIALS["not-found"].title);
  });
});
