import { answerBytes } from "./answerBytes.ts";
import type { OpenedAttachment } from "./readAttachment.ts";

/**
 * The answer that carries an attachment. Never as what it says it is; the page that asked makes a picture of it, blurred and grey
 * until the person asks.
 */
export const writeAttachment = (about: string, opened: OpenedAttachment): Response =>
  answerBytes(about, opened, "attachment");
