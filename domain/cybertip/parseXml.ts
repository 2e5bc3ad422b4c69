import { parseXml as parse, type XmlElement } from "@rgrove/parse-xml";

export type ParsedXml =
  | { readonly kind: "parsed"; readonly root: XmlElement }
  /** `hostile`: a DOCTYPE, which the service never sends and which only harms; `malformed`: no well-formed XML. */
  | { readonly kind: "malformed" | "hostile" | "too-large"; readonly why: string };

/**
 * Parses XML that somebody else wrote. No DOCTYPE, hence no entities but the five of XML and no remote parts; bounded
 * in size; UTF-8 only. Never throws.
 *
 * @param most bytes (of a text: characters) above which nothing is parsed
 */
export function parseXml(source: string | Uint8Array, most: number): ParsedXml {
  if (source.length > most) return { kind: "too-large", why: `It is longer than ${most} bytes.` };
  let text: string;
  try {
    text = typeof source === "string" ? source : new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch {
    return { kind: "malformed", why: "It is not UTF-8." };
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return { kind: "hostile", why: "It declares a document type." };
  try {
    const { root } = parse(text);
    return root ? { kind: "parsed", root } : { kind: "malformed", why: "It has no root element." };
  } catch {
    // The parser's own message quotes the text.
    return { kind: "malformed", why: "It is not well-formed XML." };
  }
}
