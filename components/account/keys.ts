/** Keys of the query cache for what belongs to the person signed in. */
export const ACCOUNTS_KEY = ["own", "accounts"] as const;
export const SESSIONS_KEY = ["own", "sessions"] as const;
export const STAFF_ACCOUNTS_KEY = ["staff-accounts"] as const;
