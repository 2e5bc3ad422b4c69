import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * One request over a kept connection, its answer read to the end and not parsed: the same client for work and floor.
 *
 * @returns status and body @throws when the connection breaks
 */
export function ask(
  url: string,
  options: { method?: string; token?: string | null; body?: object } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const body = options.body ? JSON.stringify(options.body) : undefined;
    const call = request(
      url,
      {
        agent,
        method: options.method ?? "GET",
        headers: {
          ...(options.token ? { cookie: `unseal-session=${options.token}` } : {}),
          ...(body ? { "content-type": "application/json", "content-length": Buffer.byteLength(body) } : {}),
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
        answer.once("error", reject);
      },
    );
    call.once("error", reject);
    call.end(body);
  });
}

/** Asks and insists on a status. */
export async function expectStatus(
  status: number,
  url: string,
  options?: Parameters<typeof ask>[1],
): Promise<string> {
  const answer = await ask(url, options);
  if (answer.status !== status)
    throw new Error(`${new URL(url).pathname} answered ${answer.status}, not ${status}.`);
  return answer.text;
}
