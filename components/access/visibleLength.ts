/** What cannot be seen, as the database counts it (access.visible_length): the page's count and the one that decides agree. */
const UNSEEN =
  /\s|\u00AD|\u034F|\u061C|\u115F|\u1160|\u17B4|\u17B5|[\u180B-\u180E]|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\u3164|[\uFE00-\uFE0F]|\uFEFF|\uFFA0/g;

/** How many visible characters a text has. */
export function visibleLength(text: string): number {
  return [...text.replaceAll(UNSEEN, "")].length;
}
