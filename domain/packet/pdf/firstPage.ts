import type { PacketConversation, PacketFacts, PacketParticipant } from "../model.ts";
import type { FileFonts } from "./fileFonts.ts";
import { linesOf } from "./lines.ts";
import { instant } from "./messageRows.ts";
import type { Row } from "./pages.ts";
import { PAGE, STYLES, TEXT_LEFT, type TextStyle } from "./styles.ts";

const LEGEND =
  "A black box stands for words that were taken out before this file was made; the box says why, and the words are not in " +
  "the file. Names in square brackets on grey, such as [U+202E RLO], stand for characters that cannot be seen; " +
  "nobody wrote the brackets. Records bear their Bates numbers in the margin; each page shows on top which ones it has.";

/** What stands before the messages: which conversation of which packet this is, who takes part, how it is to be read. */
export function firstPageRows(
  fonts: FileFonts,
  facts: PacketFacts,
  conversation: PacketConversation,
  file: number,
): Row[][] {
  const { request, asked, collection, tool, organisation } = facts;
  const set = (text: string, style: TextStyle, x: number, height = 2): Row[] =>
    linesOf(fonts, text, style, PAGE.right - x).map((line) => ({ x, style, line, height }));
  /** A name in the margin, its value beside. */
  const pair = (name: string, value: string): Row[] => {
    const [first, ...others] = set(value, STYLES.body, TEXT_LEFT);
    const [label] = linesOf(fonts, name, STYLES.note, TEXT_LEFT - PAGE.left - 4);
    if (!first || typeof label !== "string") return [];
    const beside = (y: number) =>
      `1 0 0 1 ${PAGE.left} ${y} Tm/F1 ${STYLES.note.size} Tf ${STYLES.note.colour}(${label})Tj\n`;
    return [{ ...first, beside }, ...others];
  };
  const from = asked.from ? instant(asked.from) : "the beginning";
  const until = asked.until ? instant(asked.until) : "the cut-off";
  return [
    set(`Transcript of conversation ${conversation.id}`, STYLES.title, PAGE.left, 4),
    [
      ...pair("Packet", file === 1 ? facts.packet : `${facts.packet}, file ${file} of this conversation`),
      ...pair("Request", `${request.number}, ${request.type}, ${request.agency}`),
      ...pair("Their reference", request.reference),
      ...pair("Produced by", organisation.name),
      ...pair("Conversation", `${conversation.threadId} (${conversation.kind}) in ${conversation.platform}`),
      ...pair("Asked for", `${from} to ${until}`),
      ...pair("Cut-off", `${instant(collection.cutOff)}: nothing that reached us later is shown`),
      ...pair("Made with", `${tool.name} ${tool.version}`),
    ],
    [
      ...set("Who takes part", STYLES.heading, PAGE.left),
      ...conversation.participants.flatMap((one) => pair(one.id, participant(one))),
    ],
    [...set("How to read it", STYLES.heading, PAGE.left), ...set(LEGEND, STYLES.note, PAGE.left)],
    set(file === 1 ? "Messages" : "Messages, continued", STYLES.heading, PAGE.left, 3),
  ];
}

function participant({ label, target, accountId, handle, displayName }: PacketParticipant): string {
  const known = [accountId === label ? null : accountId, handle, displayName].filter(
    (one) => one !== null && one !== "",
  );
  const details = known.length > 0 ? ` (${known.join(", ")})` : "";
  return `${label}${details}${target ? ", named in the request" : ""}`;
}
