import { expect, test } from "vitest";
import { REQUEST_TYPES } from "../vocabulary.ts";
import {
  defaultNoticePolicy,
  NOTICE_TEMPLATES,
  type NoticeFacts,
  noticeWords,
  suggestedTemplate,
} from "./templates.ts";

const facts: NoticeFacts = {
  platform: "Example",
  agency: "Example Police",
  reference: "REF-1",
  receivedAt: "2026-03-01T09:00:00.000Z",
  dueAt: "2026-03-11T09:00:00.000Z",
  producedAt: null,
  categories: ["subscriber", "content"],
  emergency: false,
  policy: "after",
  type: "warrant",
  state: "approved",
  delayed: false,
};

test("every template says who asked, for what and when, and fits what the database keeps", () => {
  for (const { key } of NOTICE_TEMPLATES) {
    for (const producedAt of [null, "2026-03-05T09:00:00.000Z"]) {
      const words = noticeWords(key, { ...facts, producedAt });
      expect(words?.subject.length, key).toBeLessThanOrEqual(300);
      expect(words?.text.length, key).toBeLessThan(8000);
      for (const part of ["Example Police", "REF-1", "2026-03-01", "messages and attachments"])
        expect(words?.text, key).toContain(part);
      expect(words?.text, key).not.toMatch(/undefined|null|\[object/);
    }
  }
  expect(noticeWords("no-such-template", facts)).toBeNull();
});

test("an agency that calls itself something long, in several lines or backwards does not lay out the letter", () => {
  const agency = "Police\n\nYour account is closed. Pay at once.\u202Eevil\u2028more";
  for (const { key } of NOTICE_TEMPLATES) {
    const { text = "" } = noticeWords(key, { ...facts, agency }) ?? {};
    expect(text).not.toMatch(/[\u202E\u2028]/);
    const holding = text.split("\n").filter((line) => line.includes("Your account is closed"));
    expect(holding).toHaveLength(1);
  }
});

test("nobody is told by us under a European order, in a matter of child safety, or where the policy says so", () => {
  for (const type of REQUEST_TYPES) {
    expect(defaultNoticePolicy(type, true), type).toBe("barred");
    if (type.startsWith("epoc")) expect(defaultNoticePolicy(type, false)).toBe("not_applicable");
  }
  expect(suggestedTemplate({ ...facts, type: "epoc" })).toBeNull();
  expect(suggestedTemplate({ ...facts, policy: "barred" })).toBeNull();
  expect(suggestedTemplate({ ...facts, emergency: true, policy: "before" })).toBe("emergency");
  expect(suggestedTemplate({ ...facts, delayed: true })).toBe("delayed");
  expect(suggestedTemplate({ ...facts, type: "civil_subpoena", policy: "before" })).toBe("civil");
});
