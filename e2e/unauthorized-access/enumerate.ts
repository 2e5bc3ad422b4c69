import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

const ROOT = resolve(import.meta.dirname, "../..");
const APP = join(ROOT, "app");

function filesBelow(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // A folder whose name begins with an underscore is no part of any address.
      .filter((file) => !/[\\/]_[^\\/]*[\\/]/.test(relative(ROOT, file)))
  );
}

/** The address of a folder of `app/`: groups in brackets are no part of it. */
function addressOf(file: string): string {
  const parts = relative(APP, dirname(file))
    .split(sep)
    .filter((part) => part !== "" && !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Methods that a route's file exports, in whatever way it says so. */
export function exportedMethods(source: string): string[] {
  const file = ts.createSourceFile("route.ts", source, ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (!statement.exportClause) throw new Error("A route says `export *`: its methods cannot be told.");
      if (ts.isNamedExports(statement.exportClause))
        names.push(...statement.exportClause.elements.map((one) => one.name.text));
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    if (ts.isFunctionDeclaration(statement) && statement.name) names.push(statement.name.text);
    if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name)) names.push(name.text);
        else
          names.push(
            ...name.elements.flatMap((one) => (ts.isBindingElement(one) ? [one.name.getText()] : [])),
          );
      }
  }
  return names.filter((name) => METHODS.includes(name));
}

/** `METHOD /address` of every handler below `app/`. */
export function routesOfFolders(): string[] {
  return filesBelow(APP)
    .filter((file) => /[\\/]route\.(ts|tsx|js|jsx|mjs)$/.test(file))
    .flatMap((file) =>
      exportedMethods(readFileSync(file, "utf8")).map((method) => `${method} ${addressOf(file)}`),
    )
    .sort();
}

/** Addresses of every page below `app/`. */
export function pagesOfFolders(): string[] {
  return (
    filesBelow(APP)
      .filter((file) => /[\\/](page|default)\.(ts|tsx|js|jsx|mdx)$/.test(file))
      // Next serves nothing from a folder whose name begins with an underscore.
      .filter((file) => !/[\\/]_/.test(relative(APP, file)) && !relative(APP, file).startsWith("_"))
      .map(addressOf)
      .sort()
  );
}

/** Files that declare a server action. */
export function serverActions(): string[] {
  const rooms = ["app", "components", "server", "contracts", "domain"];
  return rooms
    .flatMap((room) => filesBelow(join(ROOT, room)))
    .filter((file) => /\.(ts|tsx|js|jsx)$/.test(file))
    .filter((file) => /^\s*["']use server["']/m.test(readFileSync(file, "utf8")))
    .map((file) => relative(ROOT, file));
}

/** What the production build serves: addresses of handlers and pages, and the ids of server actions. */
export function servedByBuild(): { routes: string[]; pages: string[]; actions: string[] } {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(ROOT, ".next", "server", name), "utf8")) as Record<string, unknown>;
  const paths = Object.keys(read("app-paths-manifest.json"));
  const addresses = (kind: "route" | "page") =>
    paths
      .filter((path) => path.endsWith(`/${kind}`))
      .map((path) => path.replace(/\/\([^/]*\)(?=\/)/g, "").slice(0, -kind.length - 1) || "/")
      .sort();
  const actions = read("server-reference-manifest.json") as { node: object; edge: object };
  return {
    routes: addresses("route"),
    pages: addresses("page"),
    actions: [...Object.keys(actions.node), ...Object.keys(actions.edge)],
  };
}
