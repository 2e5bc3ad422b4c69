import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { admin } from "../support/admin.ts";
import { exampleFlag } from "../support/flags.ts";
import { call, jsonOf } from "../support/http.ts";
import { type Bearer, claim, type Scene } from "./scene.ts";

const files = new Map<string, Buffer>();
let origin: string | undefined;

/** Where the platform keeps its files: on this machine, until the tests end. */
async function platformOrigin(): Promise<string> {
  if (origin) return origin;
  const server = createServer((request, response) => {
    const bytes = files.get(request.url ?? "");
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  server.unref();
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return origin;
}

async function did<T>(by: Bearer, path: string, body: object): Promise<T> {
  const answer = await call("POST", path, { cookie: by.cookie, body });
  if (answer.status >= 300)
    throw new Error(`${path} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer.text.startsWith("{") ? jsonOf<T>(answer) : ({} as T);
}

/** A case whose flagged message carries a file. */
async function arriveWithFile(scene: Scene): Promise<{ caseId: string; attachment: object }> {
  const at = await platformOrigin();
  await admin()`insert into cybertip.attachment_sources (platform_id, origins, inside) values (${scene.platform.id}, ${[at]}, true)
    on conflict (platform_id) do update set origins = excluded.origins`;
  const [bytes, path] = [randomBytes(600), `/${randomBytes(8).toString("hex")}.png`];
  files.set(path, bytes);
  const hash = (name: string) => createHash(name).update(bytes).digest("hex");
  const flag = exampleFlag({ category: "other" });
  const messages = flag.thread.messages.map((message) =>
    flag.flaggedMessageIds.includes(message.id)
      ? {
          ...message,
          kind: "media" as const,
          attachments: [
            {
              mediaType: "image/png",
              sizeBytes: bytes.length,
              md5: hash("md5"),
              sha256: hash("sha256"),
              location: `${at}${path}`,
            },
          ],
        }
      : message,
  );
  const { caseId } = await scene.platform.deliver({ ...flag, thread: { ...flag.thread, messages } });
  const [row] = await admin()<{ messageId: string; revision: number; ordinal: number }[]>`
    select x.message_id as "messageId", x.revision, x.ordinal from sealed.attachments x
      join triage.cases c on c.thread_id = x.thread_id where c.id = ${caseId}`;
  if (!row) throw new Error("The attachment did not arrive.");
  return { caseId, attachment: row };
}

/** A view of a case's files, with the approval that it takes. */
export async function viewOfFiles(scene: Scene, by: Bearer): Promise<{ viewId: string; attachment: object }> {
  const { caseId, attachment } = await arriveWithFile(scene);
  await claim(by, caseId);
  const { requestId } = await did<{ requestId: string }>(by, `/api/cases/${caseId}/requests`, {
    purpose: "user_report_review",
    scope: "attachment",
    reason: "Looking at the file that was reported in this thread.",
  });
  await did(await scene.bearer(["lead"]), `/api/requests/${requestId}/approve`, {});
  const { grantId } = await did<{ grantId: string }>(by, `/api/requests/${requestId}/open`, {});
  const { viewId } = await did<{ viewId: string }>(by, `/api/grants/${grantId}/views`, {});
  return { viewId, attachment };
}

/** An attachment that somebody opened, on record and not yet sent. @returns the reading's id */
export async function fileOpened(scene: Scene, by: Bearer): Promise<string> {
  const { viewId, attachment } = await viewOfFiles(scene, by);
  return (await did<{ readingId: string }>(by, `/api/views/${viewId}/attachments/open`, attachment))
    .readingId;
}

/** One that arrived whole. */
export async function fileArrived(scene: Scene, by: Bearer): Promise<string> {
  const readingId = await fileOpened(scene, by);
  await did(by, `/api/attachment-readings/${readingId}/read`, {});
  return readingId;
}
