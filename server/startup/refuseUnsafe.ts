import { SettingsError } from "../../environment/problem.ts";
import { commonSettings, intakeSettings, webSettings } from "../../environment/settings.ts";
import { log } from "../log/logger.ts";
import { checkDatabases } from "./checkDatabase.ts";

/**
 * The check that every serving process makes of itself before it answers anything, however it was started.
 *
 * @throws SettingsError with every problem; the caller ends the process
 */
export async function refuseUnsafe(): Promise<void> {
  const { serve } = commonSettings();
  const problems = await checkDatabases({
    ...(serve.includes("web") && { web: webSettings().databaseUrl }),
    ...(serve.includes("intake") && { intake: intakeSettings().intakeDatabaseUrl }),
  });
  if (problems.length > 0) throw new SettingsError(problems);
  log.info("server.checked", { count: serve.length });
}
