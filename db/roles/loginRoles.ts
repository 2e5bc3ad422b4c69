/** The roles that log in, by the part of the product that uses them. */
export const LOGIN_ROLES = {
  web: "unseal_web",
  intake: "unseal_intake",
  worker: "unseal_worker",
  audit: "unseal_audit",
} as const;

export type LoginRole = keyof typeof LOGIN_ROLES;

/** Something for each login role: a password, a URL. */
export type ForEachRole<Value> = { readonly [Role in LoginRole]: Value };

/** Builds one value for each login role. */
export function forEachRole<Value>(make: (role: LoginRole) => Value): ForEachRole<Value> {
  return { web: make("web"), intake: make("intake"), worker: make("worker"), audit: make("audit") };
}
