// The direction of ARCHITECTURE.md, checked by `npm run check:direction`. `scripts/test/direction.test.ts` plants
// violations and proves that they are seen.

const HOUSE = [
  "app",
  "components",
  "contracts",
  "domain",
  "server",
  "db",
  "worker",
  "cli",
  "environment",
  "scripts",
  "e2e",
  "bench",
];

/** A test may reach further than what it tests. */
const TESTS = "\\.test\\.tsx?$|/test/";

/** Forbids `folder` every other room of the house, except those named. */
const mayImport = (folder, ...rooms) => ({
  name: `${folder.replace("/", "-")}-keeps-its-direction`,
  severity: "error",
  comment: `${folder} may import ${rooms.join(", ") || "nothing of ours"} (ARCHITECTURE.md)`,
  // What is sown is a program that uses the house like the command line does; the rest of db is beneath it.
  from: { path: `^${folder}/`, pathNot: folder === "db" ? `^db/seed/|${TESTS}` : TESTS },
  to: {
    path: `^(${HOUSE.filter((room) => room !== folder).join("|")})/`,
    pathNot: rooms.map((room) => (room.includes(".") ? `^${room.replaceAll(".", "\\.")}$` : `^${room}/`)),
  },
});

module.exports = {
  forbidden: [
    mayImport("app", "server", "contracts", "components", "environment"),
    mayImport("components", "contracts", "domain"),
    mayImport("server", "domain", "db", "contracts", "environment"),
    mayImport("worker", "server", "db", "environment"),
    // `unseal.mjs` is the way in under an older Node, before anything of ours can be loaded.
    mayImport("cli", "server", "db", "environment", "contracts", "domain", "scripts/bootstrap.mjs"),
    mayImport("domain"),
    mayImport("contracts", "domain"),
    mayImport("db", "environment"),
    mayImport("db/seed", "db", "cli/postFlags.ts", "server", "contracts", "domain", "environment"),
    mayImport("environment"),
    {
      name: "content-client-only-in-disclosure",
      severity: "error",
      comment: "Content leaves the database through server/disclosure alone.",
      from: {
        path: "^(app|components|contracts|domain|server|db|worker|cli|environment|scripts|instrumentation|proxy)",
        pathNot: `^server/disclosure/|${TESTS}`,
      },
      to: { path: "^db/content-client\\.ts$" },
    },
    {
      name: "keys-only-in-disclosure",
      severity: "error",
      comment: "Keys are used by server/disclosure alone.",
      from: {
        path: "^(app|components|contracts|domain|server|db|worker|cli|environment|scripts|instrumentation|proxy)",
        pathNot: `^server/disclosure/|${TESTS}`,
      },
      to: { path: "^server/disclosure/keys/" },
    },
    {
      name: "pages-do-not-reach-the-database-driver",
      severity: "error",
      comment: "No SQL in pages and handlers, and none in what the browser runs.",
      from: { path: "^(app|components|contracts|domain)/", pathNot: TESTS },
      to: { path: "^node_modules/(postgres|pg|drizzle-orm|graphile-worker)/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "Files that need each other are one file.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "imports-resolve",
      severity: "error",
      comment: "Relative imports carry their extension and name a file that exists.",
      from: {},
      to: { path: "^\\.", couldNotResolve: true },
    },
    {
      name: "no-test-packages-in-the-product",
      severity: "error",
      comment: "What serves is installed without development packages.",
      from: {
        path: "^(app|components|contracts|domain|server|db|worker|cli|environment|instrumentation|proxy)",
        pathNot: TESTS,
      },
      to: { dependencyTypes: ["npm-dev"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
