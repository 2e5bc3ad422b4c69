import { setTimeout as sleep } from "node:timers/promises";
import { inflateRawSync } from "node:zlib";
import type { Sample } from "./sample.ts";
import type { Caller, SamplesStage } from "./stage.ts";

const DAY = 86_400_000;
const BUILT_WITHIN_MS = 120_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
/** A PDF with nothing on its one page. */
const ORDER = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  "latin1",
);

/** A packet for a lawful request, from the letter to the recipient's disk: every step as two counsels and a recipient take it. */
export async function* packetSamples(stage: SamplesStage): AsyncGenerator<Sample> {
  const [first, second] = [await stage.as("legal_counsel", 0), await stage.as("legal_counsel", 1)];
  const requestId = await approvedRequest(first, second);
  const collectionId = await reviewedCollection(first, requestId);
  const { productionId } = await answer<{ productionId: string }>(
    first(`/api/collections/${collectionId}/productions`, {
      method: "POST",
      body: { note: "A sample: made up from end to end." },
    }),
  );
  const { vkey } = await builtProduction(second, productionId);
  const { manifestSha512 } = await answer<{ manifestSha512: string }>(
    second(`/api/productions/${productionId}/compare`),
  );
  await second(`/api/productions/${productionId}/release`, { method: "POST", body: { manifestSha512 } });
  const { fileName, zip, logVkey } = await delivered(stage, first, productionId);
  yield { name: fileName, about: "a packet, as its recipient fetched it with link and code", data: zip };
  yield { name: "vkey", about: "the public key that it is signed with", data: `${vkey}\n` };
  yield { name: "log-vkey", about: "the public key of the log that its proof is of", data: `${logVkey}\n` };
  const [path, rsmf] = rsmfOf(zip);
  yield {
    name: path.split("/").at(-1) ?? "conversation.rsmf",
    about: "one of its RSMF 2.0 files",
    data: rsmf,
  };
}

/** Registers a warrant about accounts of the made-up platform, has it verified, and approved by another counsel. */
async function approvedRequest(first: Caller, second: Caller): Promise<string> {
  const { requests } = await answer<{ requests: { id: string; type: string; agency?: unknown }[] }>(
    first("/api/lawful-requests"),
  );
  const like = requests.find(({ type }) => type === "warrant");
  if (!like) throw new Error("The demo's register has no warrant.");
  const known = await answer<{
    accountList: { platformId: string; accountId: string; known: boolean }[];
  }>(first(`/api/lawful-requests/${like.id}`));
  const { agencies } = await answer<{
    agencies: { id: string; name: string; country: string; numbers: { id: string; counts: boolean }[] }[];
  }>(first("/api/agencies"));
  const agency = agencies.find(
    ({ country, numbers }) => country === "US" && numbers.some(({ counts }) => counts),
  );
  const number = agency?.numbers.find(({ counts }) => counts);
  if (!agency || !number) throw new Error("The demo's directory has no confirmed number.");
  const { requestId } = await answer<{ requestId: string }>(
    first("/api/lawful-requests", {
      method: "POST",
      body: {
        type: "warrant",
        jurisdiction: "US",
        issuer: "judge",
        agencyId: agency.id,
        agencyName: agency.name,
        officerName: "Officer Sample",
        reference: "SAMPLE-1",
        channel: "post",
        receivedAt: ago(60_000),
        issuedAt: ago(2 * DAY),
        categories: ["subscriber", "traffic", "content"],
        rangeFrom: ago(300 * DAY),
        rangeTo: new Date().toISOString(),
        nature: "A sample matter.",
        accounts: known.accountList
          .filter((one) => one.known)
          .map(({ platformId, accountId }) => ({ platformId, accountId })),
      },
    }),
  );
  const about = `/api/lawful-requests/${requestId}`;
  const post = (path: string, body: object = {}, by = first) =>
    by(`${about}${path}`, { method: "POST", body });
  await first(`${about}/documents`, { method: "POST", file: { name: "order.pdf", bytes: ORDER } });
  await post("/verifications", {
    kind: "call_back",
    outcome: "passed",
    numberId: number.id,
    spokeWith: "The desk officer",
    calledAt: new Date().toISOString(),
    note: "They know the matter and the officer.",
  });
  await post("/verifications", {
    kind: "document",
    outcome: "passed",
    documentN: 1,
    note: "Seal and signature are those of the court.",
  });
  await post("/acknowledge");
  await post("/review");
  const { scopeVersion, digest } = await answer<{ scopeVersion: number; digest: string }>(second(about));
  await post("/approve", { scopeVersion, digest }, second);
  return requestId;
}

/** Collects, redacts by rule and by hand, sets one message aside, and hands the review in. */
async function reviewedCollection(by: Caller, requestId: string): Promise<string> {
  const collection = await answer<{ id: string }>(
    by(`/api/lawful-requests/${requestId}/collections`, { method: "POST", body: {} }),
  );
  const about = `/api/collections/${collection.id}`;
  const { threads } = await answer<{ threads: { id: string; messages: number }[] }>(by(`${about}/threads`));
  const thread = threads.toSorted((a, b) => b.messages - a.messages)[0];
  if (!thread) throw new Error("The made-up accounts have written nothing.");
  const post = <T>(path: string, body: object) => answer<T>(by(path, { method: "POST", body }));
  const { viewId } = await post<{ viewId: string }>(`${about}/views`, { threadId: thread.id });
  const { messages } = await post<{
    messages: { id: string; revisions: { revision: number; text: string | null }[] }[];
  }>(`/api/collection-views/${viewId}/read`, {});
  await post(`${about}/rules`, {
    viewId,
    kind: "email",
    reason: "Address of somebody the process does not cover.",
  });
  await post(`${about}/rules`, {
    viewId,
    kind: "phone",
    reason: "Number of somebody the process does not cover.",
  });
  const [marked, aside] = messages.filter(({ revisions }) => (revisions[0]?.text ?? "").length > 12);
  let decisions = 2;
  if (marked) {
    decisions += 1;
    await post(`${about}/redact`, {
      viewId,
      messageId: marked.id,
      revision: 1,
      from: 0,
      to: 6,
      reason: "Outside what the warrant covers.",
    });
  }
  if (aside) {
    decisions += 1;
    await post(`${about}/set-aside`, {
      threadId: thread.id,
      messageId: aside.id,
      kind: "privileged",
      reason: "Said to a lawyer.",
    });
  }
  await post(`${about}/hand-in`, { decisions });
  return collection.id;
}

/** Waits for the worker. */
async function builtProduction(by: Caller, productionId: string): Promise<{ vkey: string }> {
  for (const end = Date.now() + BUILT_WITHIN_MS; Date.now() < end; await sleep(250)) {
    const found = await answer<{ state: string; stuckCode: string | null; vkey: string | null }>(
      by(`/api/productions/${productionId}`),
    );
    if (found.state === "built" && found.vkey) return { vkey: found.vkey };
    if (found.state !== "building") throw new Error(`The packet is ${found.state}: ${found.stuckCode ?? ""}`);
  }
  throw new Error("The packet was not built in time.");
}

/** Fetches it as its recipient does: without a session, by link and code. */
async function delivered(stage: SamplesStage, by: Caller, productionId: string) {
  const { link, code } = await answer<{ link: string; code: string }>(
    by(`/api/productions/${productionId}/deliveries`, {
      method: "POST",
      body: { recipientName: "Officer Sample", linkBy: "email", codeBy: "phone" },
    }),
  );
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(new URL(path, stage.baseUrl), { method: "POST", ...init });
    if (!response.ok) throw new Error(`${path} answered ${response.status}.`);
    return response;
  };
  const { ticket, fileName, logVkey } = await answer<{ ticket: string; fileName: string; logVkey: string }>(
    ask("/api/delivery/open", {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token: new URL(link).hash.slice(1), code }),
    }),
  );
  const sent = await ask("/api/delivery/download", { body: new URLSearchParams({ ticket }) });
  return { fileName, logVkey, zip: Buffer.from(await sent.arrayBuffer()) };
}

/** The first RSMF file of a packet. */
function rsmfOf(zip: Buffer): [path: string, bytes: Buffer] {
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from("504b0506", "hex")) + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const length = zip.readUInt16LE(at + 28);
    const path = zip.toString("utf8", at + 46, at + 46 + length);
    const local = zip.readUInt32LE(at + 42);
    if (path.endsWith(".rsmf")) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return [path, inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20)))];
    }
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error("The packet has no RSMF file.");
}

async function answer<T>(response: Promise<Response>): Promise<T> {
  return (await response).json() as Promise<T>;
}
