import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { SCHEMA_2025_11_SHA256 } from "../model/versions.ts";

/**
 * The service's own schema. It is not part of the project (an operator fetches theirs with their credentials): tests
 * take it from `formats` beside the checkout or a folder `shared` near it.
 */
const PLACES = ["../formats/ncmec.xsd", "../shared/formats/ncmec.xsd", "../../shared/formats/ncmec.xsd"];

function find(): string | null {
  for (const place of PLACES) {
    try {
      const text = readFileSync(resolve(import.meta.dirname, "../../..", place));
      if (createHash("sha256").update(text).digest("hex") === SCHEMA_2025_11_SHA256) return text.toString();
    } catch {
      // The next place.
    }
  }
  return null;
}

/** The schema's text, or null where it is not at hand. */
export const OFFICIAL_XSD: string | null = find();

if (OFFICIAL_XSD === null)
  process.stderr.write(
    "The service's own schema is not at hand: documents are checked against our model alone.\n",
  );

/** Checks documents against a schema with libxml2. */
export class SchemaCheck implements Disposable {
  readonly #schema: XmlDocument;
  readonly #validator: XsdValidator;

  constructor(xsd: string) {
    this.#schema = XmlDocument.fromString(xsd);
    this.#validator = XsdValidator.fromDoc(this.#schema);
  }

  /** What is wrong with a document; null when it is valid. */
  problemOf(xml: string): string | null {
    try {
      using document = XmlDocument.fromString(xml);
      this.#validator.validate(document);
      return null;
    } catch (problem) {
      return problem instanceof Error ? problem.message : String(problem);
    }
  }

  [Symbol.dispose](): void {
    this.#validator.dispose();
    this.#schema.dispose();
  }
}
