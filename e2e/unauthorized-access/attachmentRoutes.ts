import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { messageId, threadId } from "../../domain/ids.ts";
import { admin } from "../support/admin.ts";
import { exampleFlag } from "../support/flags.ts";
import { call, jsonOf } from "../support/http.ts";
import { type Bearer, claim, type Scene } from "./scene.ts";
import type { StaffRoute } from "./staffRoutes.ts";

const BYTES = Buffer.from("placeholder bytes of a file");
const PATH = "/media/1";
let origin: Promise<string> | undefined;

/** A platform's file server in this process; it keeps nobody waiting at the end. */
function platformFiles(): Promise<string> {
  origin ??= new Promise((ready) => {
    const server = createServer((request, response) => {
      if (request.url === PATH) response.end(BYTES);
      else response.writeHead(404).end();
    });
    server.unref();
    server.listen(0, "127.0.0.1", () => ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  return origin;
}

async function must<T>(method: string, path: string, by: Bearer, body?: object): Promise<T> {
  const answer = await call(method, path, { cookie: by.cookie, ...(body ? { body } : {}) });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.text === "" ? (undefined as T) : jsonOf<T>(answer);
}

const sentence = () =>
  `Looking at the file because of ${randomBytes(8)
    .toString("hex")
    .replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)))}.`;

/** A view of the attachments of a case whose flagged message carries a file: asked for, approved, taken up. */
async function viewed(scene: Scene, by: Bearer): Promise<{ viewId: string; pointer: object }> {
  const place = await platformFiles();
  await admin()`insert into cybertip.attachment_sources (platform_id, origins, inside)
    values (${scene.platform.id}, ${[place]}, true) on conflict (platform_id) do nothing`;
  const flag = exampleFlag({ category: "other" });
  const [flagged = ""] = flag.flaggedMessageIds;
  const attachment = {
    mediaType: "image/png",
    sizeBytes: BYTES.length,
    sha256: createHash("sha256").update(BYTES).digest("hex"),
    location: `${place}${PATH}`,
  };
  const messages = flag.thread.messages.map((one) =>
    one.id === flagged ? { ...one, kind: "media" as const, attachments: [attachment] } : one,
  );
  const { caseId } = await scene.platform.deliver({ ...flag, thread: { ...flag.thread, messages } });
  await claim(by, caseId);
  const { requestId } = await must<{ requestId: string }>("POST", `/api/cases/${caseId}/requests`, by, {
    purpose: "user_report_review",
    scope: "attachment",
    reason: sentence(),
  });
  await must("POST", `/api/requests/${requestId}/approve`, await scene.bearer(["lead"]), {});
  const { viewId } = await must<{ viewId: string }>("POST", `/api/requests/${requestId}/open`, by);
  const thread = threadId(scene.platform.id, flag.thread.id);
  return { viewId, pointer: { messageId: messageId(thread, flagged), revision: 1, ordinal: 0 } };
}

async function opened(scene: Scene, by: Bearer): Promise<string> {
  const { viewId, pointer } = await viewed(scene, by);
  return (await must<{ readingId: string }>("POST", `/api/views/${viewId}/attachments/open`, by, pointer))
    .readingId;
}

const own = {
  method: "POST",
  right: "specialist",
  roles: ["moderator", "specialist", "lead"],
  others: "not-found",
} as const;

/** Attachments: whoever opened one under a view of theirs, and nobody else. */
export const ATTACHMENT_ROUTES: readonly StaffRoute[] = [
  {
    ...own,
    route: "/api/views/[id]/attachments/open",
    action: "attachment.opened",
    status: 201,
    async arrange(scene, right) {
      const { viewId, pointer } = await viewed(scene, right);
      return { path: `/api/views/${viewId}/attachments/open`, body: pointer };
    },
  },
  {
    ...own,
    route: "/api/attachment-readings/[id]/read",
    action: "attachment.opened",
    status: 200,
    arrange: async (scene, right) => ({
      path: `/api/attachment-readings/${await opened(scene, right)}/read`,
    }),
  },
  {
    ...own,
    route: "/api/attachment-readings/[id]/shown",
    action: "attachment.shown",
    status: 204,
    async arrange(scene, right) {
      const readingId = await opened(scene, right);
      const answer = await call("POST", `/api/attachment-readings/${readingId}/read`, {
        cookie: right.cookie,
      });
      if (answer.status !== 200) throw new Error(`Not read: ${answer.status} ${answer.text.slice(0, 300)}`);
      return { path: `/api/attachment-readings/${readingId}/shown` };
    },
  },
];

const NOBODY_ELSE = { otherQueue: "not-found", otherRegion: "not-found", colleague: "not-found" } as const;
export const ATTACHMENT_REACH = Object.fromEntries(
  ATTACHMENT_ROUTES.map(({ method, route }) => [`${method} ${route}`, NOBODY_ELSE]),
);
