import about from "../../package.json" with { type: "json" };

/** What collections and packets say that they were made with: `unseal 0.5.0`. */
export const TOOL_VERSION = `${about.name} ${about.version}`;
