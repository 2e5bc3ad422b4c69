import type { Sql } from "postgres";
import { z } from "zod";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { sealSecret } from "../disclosure/secrets.ts";
import { CyberTipError } from "./operator.ts";

const sources = z.array(
  z.object({
    platform: z.string(),
    secretId: z.string().nullable(),
    origins: z.array(z.string()),
    inside: z.boolean(),
    header: z.string().nullable(),
    hasToken: z.boolean(),
  }),
);
/** From where a platform's attachments are fetched, without the token. */
export type AttachmentSource = z.output<typeof sources>[number];

/** What is changed; what is left out stays. */
export interface SourceChange {
  /** Such as `https://cdn.example.org`; nothing else is asked for a file. */
  readonly origins?: readonly string[];
  /** Whether they may lie on this machine or in a private network, and so may go without TLS. */
  readonly inside?: boolean;
  /** The header in which the token goes. */
  readonly header?: string;
  /** The header's whole value, such as `Bearer …`; null for none. */
  readonly token?: string | null;
}

/** Every platform, and from where its attachments are fetched. @throws DatabaseFailure */
export async function listSources(sql: Sql): Promise<AttachmentSource[]> {
  const [row] = await guarded(sql`select cybertip.list_sources() as sources`);
  return sources.parse(row?.sources);
}

/**
 * Says from where a platform's attachments are fetched.
 *
 * @throws CyberTipError when there is no such platform, or an origin is none; KeyProviderError when the token cannot be
 *   sealed: nothing is changed then
 */
export async function setSource(sql: Sql, platform: string, change: SourceChange): Promise<void> {
  const before = (await listSources(sql)).find((one) => one.platform === platform);
  if (!before)
    throw new CyberTipError(`There is no platform ${platform}. \`unseal platforms list\` shows them.`);
  const inside = change.inside ?? before.inside;
  const origins = change.origins ?? before.origins;
  if (origins.length === 0 || origins.length > 20) throw new CyberTipError("Name one to twenty origins.");
  for (const origin of origins) checkOrigin(origin, inside);
  if (change.header !== undefined && !/^[a-z][a-z0-9-]{0,60}$/.test(change.header))
    throw new CyberTipError("The header's name is lower-case letters, digits and hyphens.");
  if (change.token != null && !/^[\x20-\x7E]{1,4000}$/.test(change.token))
    throw new CyberTipError("The token is printable ASCII, up to 4,000 characters.");
  if (before.secretId === null) await write(sql, platform, { origins, inside });
  const secretId = (await listSources(sql)).find((one) => one.platform === platform)?.secretId;
  const { token, ...plain } = change;
  const sealed = token == null || !secretId ? null : await sealSecret(secretId, token);
  await write(sql, platform, {
    ...plain,
    ...(token === undefined
      ? {}
      : {
          token: sealed && {
            keyId: sealed.keyId,
            kekId: sealed.kekId,
            wrapped: sealed.wrapped.toString("base64"),
            box: sealed.box.toString("base64"),
          },
        }),
  });
}

/** Nothing of this platform's is fetched any more. @throws CyberTipError when nobody has said from where */
export async function removeSource(sql: Sql, platform: string): Promise<void> {
  await told(sql`select cybertip.remove_source(${platform})`, `Nothing is fetched for ${platform} as it is.`);
}

async function write(sql: Sql, platform: string, asked: object): Promise<void> {
  await told(
    sql`select cybertip.set_source(${platform}, ${asked as never}::jsonb)`,
    `There is no platform ${platform}.`,
  );
}

function checkOrigin(origin: string, inside: boolean): void {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (!url || url.origin !== origin)
    throw new CyberTipError(
      `${origin} is no origin. Write scheme, name and perhaps port, such as https://cdn.example.org`,
    );
  if (url.protocol !== "https:" && !(inside && url.protocol === "http:"))
    throw new CyberTipError(`${origin}: only https, but for origins that may lie inside (--inside).`);
}

async function told(query: PromiseLike<unknown>, missing: string): Promise<void> {
  try {
    await guarded(query);
  } catch (error) {
    throw error instanceof DatabaseFailure && error.sqlstate === "UN003" ? new CyberTipError(missing) : error;
  }
}
