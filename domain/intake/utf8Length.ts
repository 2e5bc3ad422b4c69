/**
 * Bytes that a text takes as UTF-8, a lone surrogate counting as the three of its replacement.
 *
 * @param limit counting stops once it is passed
 */
export function utf8Longer(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code <= 0xdbff && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      at++;
    } else bytes += 3;
    if (bytes > limit) return true;
  }
  return false;
}
