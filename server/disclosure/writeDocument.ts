import { answerBytes } from "./answerBytes.ts";
import type { OpenedDocument } from "./readDocument.ts";

/** The answer that carries a document of a request: to be saved and never drawn. */
export const writeDocument = (about: string, document: OpenedDocument): Response =>
  answerBytes(about, document, disposition(document.name));

/** RFC 6266: the name in letters that every reader knows, and as it is for those that know RFC 8187. */
function disposition(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._ ()-]/g, "_");
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
