import { DatabaseFailure } from "../../db/failure.ts";
import type { ProductionStuckCode } from "../../domain/legal/productionWords.ts";
import { BuildLost } from "../legal/productions/ledgerStore.ts";
import { BuildStuck, NotSignedYet } from "../legal/productions/stuck.ts";
import { Refusal } from "../refusal.ts";

/** An error as it goes from one thread to another: what is decided by, and nothing that could hold content. */
export type ToldError =
  | { readonly of: "lost" }
  | { readonly of: "unsigned" }
  | { readonly of: "stuck"; readonly code: ProductionStuckCode; readonly path: string | null }
  | { readonly of: "database"; readonly sqlstate: string }
  | { readonly of: "refusal"; readonly code: string; readonly recorded: boolean }
  | { readonly of: "other"; readonly code: string | null };

export function toldError(error: unknown): ToldError {
  if (error instanceof BuildLost) return { of: "lost" };
  if (error instanceof NotSignedYet) return { of: "unsigned" };
  if (error instanceof BuildStuck) return { of: "stuck", code: error.code, path: error.path };
  if (error instanceof DatabaseFailure) return { of: "database", sqlstate: error.sqlstate };
  if (error instanceof Refusal) return { of: "refusal", code: error.code, recorded: error.recorded };
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : null;
  return { of: "other", code: typeof code === "string" ? code : null };
}

export function revivedError(told: ToldError): Error {
  switch (told.of) {
    case "lost":
      return new BuildLost();
    case "unsigned":
      return new NotSignedYet();
    case "stuck":
      return new BuildStuck(told.code, told.path);
    case "database":
      return DatabaseFailure.from({ code: told.sqlstate });
    case "refusal":
      return new Refusal(told.code, { recorded: told.recorded });
    case "other":
      return Object.assign(
        new Error("A thread of the build failed."),
        told.code === null ? {} : { code: told.code },
      );
  }
}
