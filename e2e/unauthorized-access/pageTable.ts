import { ROLES, type Role } from "../../domain/vocabulary.ts";

/** A page, and whom it must send away. */
export interface Page {
  /** As the folder is called. */
  readonly page: string;
  /** Anybody may see it: it knows nothing of anyone. */
  readonly open?: true;
  readonly roles: readonly Role[];
}

const QUEUES: readonly Role[] = ["moderator", "specialist", "lead", "compliance_officer"];

/** Every page. `table.test.ts` holds this list against the folders and against the build. */
export const PAGES: readonly Page[] = [
  { page: "/", roles: ROLES },
  { page: "/sign-in", open: true, roles: ROLES },
  { page: "/queues", roles: QUEUES },
  { page: "/queues/[id]", roles: QUEUES },
  { page: "/cases/[id]", roles: QUEUES },
];
