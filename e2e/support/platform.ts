import { createHash, randomBytes } from "node:crypto";
import type { FlagInput, Receipt } from "../../contracts/intake.ts";
import { admin } from "./admin.ts";
import { type Answer, call, jsonOf } from "./http.ts";

/** A platform with a key, as `unseal platforms` and `unseal platform-keys` make them. */
export interface Platform {
  readonly id: string;
  readonly keyId: string;
  readonly key: string;
  /** Sends one flag through the HTTP intake. @throws when it is not accepted */
  deliver(flag: FlagInput): Promise<Receipt>;
}

export async function makePlatform(): Promise<Platform> {
  const slug = `e2e-${randomBytes(4).toString("hex")}`;
  const key = `uns_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(key).digest();
  const [made] = await admin()<
    { id: string }[]
  >`select intake.add_platform(${slug}, ${`Example ${slug}`}) as id`;
  const [added] = await admin()<
    { id: string }[]
  >`select intake.add_key(${slug}, 'tests', ${hash}, null) as id`;
  if (!made || !added) throw new Error("The platform was not made.");
  return {
    id: made.id,
    keyId: added.id,
    key,
    async deliver(flag) {
      const answer = await deliverWith(key, flag);
      if (answer.status !== 201) throw new Error(`Intake answered ${answer.status}: ${answer.text}`);
      return jsonOf<Receipt>(answer);
    },
  };
}

/** Sends one flag with any key. */
export function deliverWith(key: string, flag: FlagInput): Promise<Answer> {
  return call("POST", "/api/intake/v1/flags", { headers: { authorization: `Bearer ${key}` }, body: flag });
}
