/**
 * The folders of e2e/ that run after one another, lane by lane. Each lane has a product, a database and a browser of its own:
 * within one, tests that race each other would prove nothing; between two, nothing is shared. Of about the same length.
 */
export const LANES: readonly (readonly string[])[] = [
  ["canary", "door", "governance", "legal", "looks", "moderator", "officer", "platform"],
  ["cybertip", "unauthorized-access"],
];

/** What runs at the end of each lane, over all that the lane left behind. */
export const AFTERWARDS = "after-everything";
