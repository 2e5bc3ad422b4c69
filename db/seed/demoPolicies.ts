import type { Category } from "../../domain/vocabulary.ts";

/** Rules of a made-up platform. */
export const DEMO_POLICIES: readonly {
  readonly code: string;
  readonly category: Category;
  readonly title: string;
  readonly guidance: string;
}[] = [
  {
    code: "HAR-1",
    category: "harassment",
    title: "Repeated unwanted contact",
    guidance:
      "Somebody goes on writing after being asked to stop. One message is seldom enough: look for the request to stop.",
  },
  {
    code: "HAR-2",
    category: "harassment",
    title: "Insults aimed at a person",
    guidance:
      "The words are about the person, not about what they said. Banter between friends is not meant.",
  },
  {
    code: "THR-1",
    category: "threats",
    title: "Threat of harm",
    guidance: "Somebody announces harm to a person. Escalate when time and place are named.",
  },
  {
    code: "SLF-1",
    category: "self_harm",
    title: "Person at risk",
    guidance: "No punishment: the platform shows help. Escalate when it reads as if it were happening now.",
  },
  {
    code: "CHS-1",
    category: "child_safety",
    title: "Sexual exploitation of a minor",
    guidance:
      "Stop at the first clear sign, decide, and leave the rest to the report. Never look for more than is needed.",
  },
  {
    code: "CHS-2",
    category: "child_safety",
    title: "Adult seeking secret contact with a minor",
    guidance:
      "Moving to another service, asking for secrecy, asking where parents are: patterns count more than words.",
  },
  {
    code: "SEX-1",
    category: "sexual_content",
    title: "Unsolicited sexual content",
    guidance:
      "Sent without having been asked for. Between consenting adults in a direct thread it is no violation.",
  },
  {
    code: "HAT-1",
    category: "hate",
    title: "Attack on a protected group",
    guidance: "Dehumanising or excluding people for what they are. Quoting to object is no violation.",
  },
  {
    code: "FRD-1",
    category: "fraud_spam",
    title: "Deception for gain",
    guidance: "Prizes, investments, impersonation. Look at links as text; none is ever opened from here.",
  },
  {
    code: "FRD-2",
    category: "fraud_spam",
    title: "Bulk unsolicited messages",
    guidance: "The same text to many. The account matters more than the single message.",
  },
  {
    code: "EXT-1",
    category: "violent_extremism",
    title: "Praise or support of violent extremism",
    guidance: "News, research and objection are no violation.",
  },
  {
    code: "ILL-1",
    category: "illegal_goods",
    title: "Trade in illegal goods",
    guidance: "An offer or a request with a price, a place or a way to pay.",
  },
  {
    code: "OTH-1",
    category: "other",
    title: "Other breach of the terms",
    guidance: "Only when no other policy fits. Say in the note which term is meant.",
  },
];
