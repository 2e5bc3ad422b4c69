import { apiDocument } from "../../../../contracts/openapi/document.ts";
import { Html, html } from "./html.ts";
import { type Operation, operationSection } from "./operations.ts";
import { headings, prose } from "./prose.ts";
import { type Schema, schemaSection } from "./schemas.ts";
import { style } from "./style.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/**
 * The API's document as a page: no script, nothing loaded from anywhere.
 *
 * @param theme what the person chose in the console, if they did
 */
export function docsPage(theme: "light" | "dark" | undefined): string {
  const { info, paths = {}, components = {} } = apiDocument();
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method] as Operation | undefined;
      return operation ? [{ method, path, operation }] : [];
    }),
  );
  const schemas = Object.entries((components.schemas ?? {}) as Record<string, Schema>);
  const description = info.description ?? "";

  const page = html`<!doctype html>
<html lang="en"${theme ? html` data-theme="${theme}"` : ""}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Intake API · Unseal</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>${info.title} API</h1>
<p>${info.summary} Version ${info.version}. The same as <a href="/api/openapi.json">OpenAPI 3.1</a> for machines.</p>
</header>
<nav aria-label="Contents"><ul>
${headings(description).map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
<li><a href="#authentication">Authentication</a></li>
<li><a href="#operations">Operations</a></li>
<li><a href="#refusals">Refusals</a></li>
<li><a href="#schemas">Schemas</a></li>
</ul></nav>
<main id="content">
${prose(description)}
<h2 id="authentication">Authentication</h2>
<p>Send the platform’s key as a bearer token. Keys come from the console’s operator, are shown once and kept as a hash; a new key can replace an old one with an overlap in which both hold.</p>
<figure><figcaption>Sending the example below</figcaption><pre tabindex="0">curl -X POST "$UNSEAL/api/intake/v1/flags" \\
  -H "Authorization: Bearer $UNSEAL_KEY" \\
  -H "Content-Type: application/json" \\
  --data @flag.json</pre></figure>
<h2 id="operations">Operations</h2>
${operations.map(({ method, path, operation }) => operationSection(method, path, operation))}
<h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => schemaSection(name, schema))}
</main>
</body>
</html>
`;
  return page.text;
}
