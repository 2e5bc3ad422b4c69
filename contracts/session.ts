import { z } from "zod";
import { REGIONS, ROLES } from "../domain/vocabulary.ts";
import { id, instant } from "./triage.ts";

/** GET /api/me: the person whom the session token resolves to, as the database sees them now. */
export const meDto = z.object({
  id,
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  regions: z.array(z.enum(REGIONS)),
  clearances: z.array(z.string()),
  session: z.object({ id, expiresAt: instant, idleExpiresAt: instant }),
});
export type MeDto = z.infer<typeof meDto>;
