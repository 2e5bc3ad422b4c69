import { type Html, html } from "./html.ts";
import { anchor, inline } from "./prose.ts";

/** The part of JSON Schema that our document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf("/") + 1);

/** A schema of the document with its fields as a table; a choice of several as one table each. */
export function schemaSection(name: string, schema: Schema): Html {
  const choices = schema.anyOf ?? [schema];
  return html`<section class="schema">
    <h3 id="schema-${anchor(name)}">${name}</h3>
    ${schema.description && html`<p>${inline(schema.description)}</p>`}
    ${choices.map((choice, i) => (choice.properties ? fieldTable(choice, choices.length > 1 ? `${name}, form ${i + 1}` : name) : html`<p>${typeWords(choice)}${limits(choice)}</p>`))}
  </section>`;
}

function fieldTable(schema: Schema, name: string): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="Fields of ${name}"><table>
    <thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
    <tbody>${rows(schema, "")}</tbody>
  </table></div>`;
}

/** One row a field; the fields of an object inside come right below it, with their path. */
function rows(schema: Schema, path: string): Html[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const inner = withoutNull(field);
    const needed = schema.required?.includes(key);
    const row = html`<tr>
      <th scope="row"><code>${path}${key}</code>${needed ? html`<span class="needed">required</span>` : ""}</th>
      <td>${typeWords(field)}</td>
      <td>${inline(field.description ?? "")}${limits(inner)}</td>
    </tr>`;
    const below = inner.properties ? rows(inner, `${path}${key}.`) : [];
    const listed = inner.items?.properties ? rows(inner.items, `${path}${key}[].`) : [];
    return [row, ...below, ...listed];
  });
}

/** What a field is when it is not null. */
function withoutNull(schema: Schema): Schema {
  return schema.anyOf?.find((choice) => choice.type !== "null") ?? schema;
}

function typeWords(schema: Schema): Html {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return html`<a href="#schema-${anchor(name)}">${name}</a>`;
  }
  if (schema.anyOf) {
    const kinds = schema.anyOf.filter((choice) => choice.type !== "null");
    const orNull = kinds.length < schema.anyOf.length ? " or null" : "";
    return html`${kinds.map((kind, i) => html`${i > 0 ? " or " : ""}${typeWords(kind)}`)}${orNull}`;
  }
  if (schema.items) return html`list of ${typeWords(schema.items)}`;
  if (schema.enum)
    return html`${schema.enum.map((word, i) => html`${i > 0 ? " · " : ""}<code>${word}</code>`)}`;
  if (schema.const !== undefined) return html`<code>${String(schema.const)}</code>`;
  if (schema.format === "date-time") return html`instant`;
  if (schema.format === "uuid") return html`UUID`;
  return html`${schema.type === "integer" ? "whole number" : (schema.type ?? "anything")}`;
}

function limits(schema: Schema): Html | undefined {
  const found: string[] = [];
  const number = (n: number) => n.toLocaleString("en");
  const safe = (n: number | undefined) => n !== undefined && Math.abs(n) < Number.MAX_SAFE_INTEGER;
  if (schema.minItems || schema.maxItems)
    found.push(`${schema.minItems ?? 0} to ${number(schema.maxItems ?? 0)} of them`);
  if (schema.maxLength !== undefined) found.push(`at most ${number(schema.maxLength)} characters`);
  if (safe(schema.minimum) && safe(schema.maximum))
    found.push(`${number(schema.minimum ?? 0)} to ${number(schema.maximum ?? 0)}`);
  if (schema.default !== undefined && schema.default !== null && !Array.isArray(schema.default))
    found.push(`${String(schema.default)} when left out`);
  return found.length > 0 ? html` <span class="limits">${found.join("; ")}</span>` : undefined;
}
