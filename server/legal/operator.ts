import type { Sql } from "postgres";
import { z } from "zod";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";

/** A change of the settings of lawful requests that cannot be made; the message says why. */
export class LegalSettingsError extends Error {
  override readonly name = "LegalSettingsError";
}

const settings = z.object({
  mostDocumentBytes: z.number(),
  mostDocuments: z.number(),
  broadAccounts: z.number(),
  broadDays: z.number(),
  broadMessages: z.number(),
  checkDays: z.number(),
  holidays: z.array(z.string()),
  organisation: z.string().nullable(),
  address: z.string().nullable(),
  contactName: z.string().nullable(),
  contactEmail: z.string().nullable(),
  contactPhone: z.string().nullable(),
  batesPrefix: z.string(),
  mostAttachmentBytes: z.number(),
  changedAt: z.string(),
});
export type LegalSettings = z.output<typeof settings>;
/** What is changed; what is left out stays. */
export type LegalChange = Partial<Omit<LegalSettings, "changedAt">>;

/** @throws DatabaseFailure */
export async function showLegalSettings(sql: Sql): Promise<LegalSettings> {
  const [row] = await guarded(sql`select legal.show_settings() as settings`);
  return settings.parse(row?.settings);
}

/**
 * Changes limits, holidays, how long a check counts, or what packets say of the provider. Only what is named; an empty word takes
 * away what stood there.
 *
 * @throws LegalSettingsError when a value is out of range or a day is none; DatabaseFailure
 */
export async function configureLegal(sql: Sql, change: LegalChange): Promise<void> {
  await guarded(sql`select legal.configure(${change as never}::jsonb)`).catch((error: unknown) => {
    // A constraint, an integer too large, a day that is none.
    throw error instanceof DatabaseFailure && ["23514", "22003", "22008", "22007"].includes(error.sqlstate)
      ? new LegalSettingsError(
          "A value is out of range: documents 1 KiB to 10 GiB, checks 1 to 365 days, days as 2026-05-01, a Bates prefix of 2 to 10 capital letters and digits that begins with a letter, names up to 200 characters, every number 1 or more.",
        )
      : error;
  });
}
