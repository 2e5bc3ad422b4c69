import { expect, test } from "@playwright/test";
import {
  exportedMethods,
  pagesOfFolders,
  routesOfFolders,
  servedByBuild,
  serverActions,
} from "./enumerate.ts";
import { PAGES } from "./pageTable.ts";
import { OTHER_ROUTES, STAFF_ROUTES } from "./staffRoutes.ts";

const listed = [...STAFF_ROUTES, ...OTHER_ROUTES].map(({ method, route }) => `${method} ${route}`).sort();
const listedPages = PAGES.map(({ page }) => page).sort();

/** Next's own pages, and the icon. */
const OF_NEXT = ["/_not-found", "/_global-error"];
const FILES = ["/icon.svg"];

test("no handler below app/ is without a test of who is refused", () => {
  expect(routesOfFolders()).toEqual(listed);
});

test("no page below app/ is without a test of who is refused", () => {
  expect(pagesOfFolders()).toEqual(listedPages);
});

test("the build serves nothing that is not in the tables", () => {
  const built = servedByBuild();
  const routes = new Set([...STAFF_ROUTES, ...OTHER_ROUTES].map(({ route }) => route));
  expect(built.routes.filter((address) => !FILES.includes(address))).toEqual([...routes].sort());
  expect(built.pages.filter((address) => !OF_NEXT.includes(address))).toEqual(listedPages);
});

test("there is no server action, which would be an address without a folder", () => {
  expect(serverActions()).toEqual([]);
  expect(servedByBuild().actions).toEqual([]);
});

test("methods are seen however a file exports them", () => {
  expect(exportedMethods("export const GET = route();\nexport async function POST() {}")).toEqual([
    "GET",
    "POST",
  ]);
  expect(exportedMethods("const h = 1;\nexport { h as DELETE, h as other };")).toEqual(["DELETE"]);
  expect(exportedMethods("export const { PUT, PATCH: PATCH } = make();")).toEqual(["PUT", "PATCH"]);
  expect(
    exportedMethods("const GET = 1; function POST() {}\nexport const dynamic = 'force-dynamic';"),
  ).toEqual([]);
  expect(() => exportedMethods('export * from "./elsewhere.ts";')).toThrow("cannot be told");
});
