/** Not among the keys of other pages: nothing else may read from it or know when it changes. */
export const WATCH_KEY = ["watch-list"] as const;
