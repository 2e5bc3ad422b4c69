import { type Html, html } from "./html.ts";
import { inline } from "./prose.ts";

interface Example {
  readonly summary?: string;
  readonly value: unknown;
}
interface Media {
  readonly examples?: Readonly<Record<string, Example>>;
}
interface Answer {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, { readonly description?: string }>>;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Parameter {
  readonly name: string;
  readonly in?: string;
  readonly description?: string;
}
export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, Answer>>;
}

/** One operation: what it takes, what it answers, and every way in which it refuses. */
export function operationSection(method: string, path: string, operation: Operation): Html {
  return html`<section class="operation">
    <h3 id="${operation.operationId}"><span class="method">${method.toUpperCase()}</span> <code>${path}</code></h3>
    <p>${inline(operation.description ?? `${operation.summary ?? ""}.`)}${operation.security?.length === 0 ? " No key is needed." : ""}</p>
    ${parameters("In the path", "path", operation)}
    ${parameters("Request headers", "header", operation)}
    ${operation.requestBody && html`<h4>Body</h4>${examples(operation.requestBody.content)}`}
    ${answers(operation)}
    ${refusals(operation)}
  </section>`;
}

function parameters(title: string, place: string, { parameters: all = [] }: Operation): Html | string {
  const here = all.filter((parameter) => (parameter.in ?? "header") === place);
  return here.length > 0 ? headerTable(title, here) : "";
}

function headerTable(
  title: string,
  headers: readonly { readonly name: string; readonly description?: string }[],
): Html {
  return html`<h4>${title}</h4><dl>${headers.map(
    ({ name, description }) => html`<dt><code>${name}</code></dt><dd>${inline(description ?? "")}</dd>`,
  )}</dl>`;
}

const PROBLEM = "application/problem+json";

function answers({ responses = {} }: Operation): Html[] {
  return Object.entries(responses)
    .filter(([, answer]) => !answer.content?.[PROBLEM])
    .map(([status, answer]) => {
      const headers = Object.entries(answer.headers ?? {}).map(([name, header]) => ({ name, ...header }));
      return html`<h4>Answer ${status}</h4><p>${inline(answer.description ?? "")}</p>
        ${examples(answer.content ?? {})}
        ${headers.length > 0 ? headerTable(`Headers of ${status}`, headers) : ""}`;
    });
}

/** Every refusal in one table: people look for a code, not for a status. */
function refusals({ operationId = "", responses = {}, requestBody }: Operation): Html | undefined {
  const rows = Object.entries(responses).flatMap(([status, answer]) =>
    Object.entries(answer.content?.[PROBLEM]?.examples ?? {}).map(([code, { value }]) => {
      const { title, detail } = value as { title: string; detail: string };
      return html`<tr><td>${status}</td><th scope="row"><code>${code}</code></th><td><strong>${title}.</strong> ${inline(detail)}</td></tr>`;
    }),
  );
  if (rows.length === 0) return undefined;
  const streams = requestBody?.content["application/x-ndjson"] !== undefined;
  // Prose leads to those of the stream; the others are found under their operation.
  return html`<h4 id="${streams ? "refusals" : `refusals-${operationId}`}">Refusals</h4>
    ${streams ? html`<p>Of a whole request by its status; of one line of a stream by the <code>status</code> and <code>problem</code> of its result.</p>` : ""}
    <div class="wide" tabindex="0" role="region" aria-label="Refusals of ${operationId}"><table>
      <thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">What to do</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`;
}

function examples(content: Readonly<Record<string, Media>>): Html[] {
  return Object.entries(content).flatMap(([type, media]) =>
    Object.values(media.examples ?? {}).map(
      ({ summary, value }) => html`<figure>
        <figcaption><code>${type}</code> ${summary}</figcaption>
        <pre tabindex="0">${typeof value === "string" ? value : JSON.stringify(value, undefined, 2)}</pre>
      </figure>`,
    ),
  );
}
