const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `in 12 min`, `3 h ago`, `just now`: how far an instant is from now, in one unit. */
export function relativeWords(instant: number, now: number): string {
  const seconds = Math.round((instant - now) / 1000);
  const distance = Math.abs(seconds);
  if (distance < MINUTE) return seconds > 5 ? "in under a minute" : "just now";
  const words =
    distance < HOUR
      ? `${Math.round(distance / MINUTE)} min`
      : distance < 2 * DAY
        ? `${Math.round(distance / HOUR)} h`
        : `${Math.round(distance / DAY).toLocaleString("en-GB")} d`;
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

/** `2026-03-04 15:06 UTC`, with seconds where they matter. */
export function utcWords(instant: string, seconds = false): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return "unknown time";
  return `${date
    .toISOString()
    .slice(0, seconds ? 19 : 16)
    .replace("T", " ")} UTC`;
}

/** `2:05`, for clocks that run down. Never negative. */
export function clockWords(milliseconds: number): string {
  const left = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}
