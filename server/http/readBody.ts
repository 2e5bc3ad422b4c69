import type { z } from "zod";
import type { Problem } from "../../contracts/problem.ts";

/** A request whose form is wrong. The pointers name the fields; no value is repeated. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly code: string;
  readonly errors: Problem["errors"];

  constructor(code: string, errors?: Problem["errors"]) {
    super(`Bad request: ${code}`);
    this.code = code;
    this.errors = errors;
  }
}

/** JSON pointers (RFC 6901) of what a schema found. */
export function pointersOf(error: z.ZodError): NonNullable<Problem["errors"]> {
  return error.issues.slice(0, 50).map((issue) => {
    const extra = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    const path = [...issue.path, ...extra];
    return {
      pointer: path
        .map((part) => `/${String(part).slice(0, 60).replaceAll("~", "~0").replaceAll("/", "~1")}`)
        .join(""),
      message:
        issue.code === "unrecognized_keys" ? "This field is not known here. Leave it out." : issue.message,
    };
  });
}

const LIMIT = 64 * 1024;

/** Reads a small body to its end. @throws BadRequest when it is larger than `most`; no more of it is then taken */
export async function readBytes(request: Request, most = LIMIT): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > most) throw new BadRequest("too-large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads a small JSON body against a schema.
 *
 * @param most bytes; 64 KiB unless told
 * @throws BadRequest when it is no JSON by its type or form, is larger, or does not fit the schema
 */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  most = LIMIT,
): Promise<z.output<S>> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new BadRequest("not-json");
  const bytes = await readBytes(request, most);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new BadRequest("not-json");
  }
  const checked = schema.safeParse(value);
  if (!checked.success) throw new BadRequest("bad-field", pointersOf(checked.error));
  return checked.data;
}

/** Reads the query string against a schema. @throws BadRequest */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): z.output<S> {
  const checked = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!checked.success) throw new BadRequest("bad-field", pointersOf(checked.error));
  return checked.data;
}
