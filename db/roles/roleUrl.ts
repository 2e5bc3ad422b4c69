import { LOGIN_ROLES, type LoginRole } from "./loginRoles.ts";

/** The URL under which a login role reaches the database that `adminUrl` names. Keeps host, port, and TLS settings. */
export function roleUrl(adminUrl: string, role: LoginRole, password: string, database?: string): string {
  const url = new URL(adminUrl);
  url.username = LOGIN_ROLES[role];
  url.password = password;
  if (database !== undefined) url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}
