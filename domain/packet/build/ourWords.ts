import { AUDIT_ACTIONS } from "../../auditActions.ts";
import { MESSAGE_KINDS, THREAD_KINDS } from "../../vocabulary.ts";
import { INDEX_COLUMNS } from "../indexCsv.ts";
import { CUSTODY_COLUMNS, REDACTION_COLUMNS, WITHHELD_COLUMNS } from "../listsCsv.ts";
import { ATTACHMENT_STATUSES, PACKET_CATEGORIES, WITHHELD_KINDS } from "../model.ts";
import { accountLine, conversationLine, nativeLine } from "../native.ts";
import { manifestHead, manifestTail } from "../rsmf/manifest.ts";

const at = new Date(0);
const person = {
  id: "P0",
  label: "Participant",
  named: false,
  target: true,
  accountId: null,
  handle: null,
  displayName: null,
};
const conversation = {
  id: "c0001",
  threadId: "",
  platform: "",
  kind: "direct",
  participants: [person],
} as const;

/** Words that the files of a packet use by themselves: an account that calls itself so cannot be looked for in their bytes. */
export const OUR_WORDS = [
  ...INDEX_COLUMNS,
  ...WITHHELD_COLUMNS,
  ...REDACTION_COLUMNS,
  ...CUSTODY_COLUMNS,
  ...MESSAGE_KINDS,
  ...THREAD_KINDS,
  ...PACKET_CATEGORIES,
  ...ATTACHMENT_STATUSES,
  ...WITHHELD_KINDS,
  ...Object.values(AUDIT_ACTIONS),
  conversationLine(conversation),
  nativeLine({
    bates: "",
    conversation: "c0001",
    messageId: "",
    category: "content",
    kind: "text",
    sender: "P0",
    sentAt: at,
    revisions: [
      { revision: 1, editedAt: at, deletedAt: at, receivedAt: at, body: { text: "", marks: [] } },
      { revision: 2, editedAt: at, deletedAt: at, receivedAt: at, body: { text: "", marks: [] } },
    ],
    attachments: [
      {
        bates: "",
        withheld: "",
        status: "produced",
        why: "gone changed unreachable not fetched",
        revision: 1,
        mediaType: "image video audio application text",
        path: "data attachments native rsmf transcripts",
        size: 0,
        sha256: "",
        recorded: { size: 0, sha256: "", md5: "" },
      },
    ],
    redactions: [],
  }),
  accountLine({
    bates: "",
    accountId: "",
    platform: "",
    category: "subscriber",
    asOf: at,
    fields: [
      {
        name: "handle display_name age_band account_age_days country first_seen threads",
        value: "adult minor unknown",
      },
    ],
  }),
  manifestHead(conversation),
  manifestTail("collection"),
  "REDACTED third party Participant produced withheld by rule by hand body revision message id counsel legal officer staff " +
    "message attachment account before deleted edited words true false null incoming outgoing redaction custom value name type " +
    "timestamp importance normal high direction reactions edits previous new parent read receipts email phone url literal regex " +
    "not available from platform the worker unseal recipient request collection packet volume",
].join(" ");
