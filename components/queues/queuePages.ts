import type { CaseRow, QueuePage } from "../../contracts/triage.ts";

/** The pages of one queue as far as they were read, with the cursor that each was asked for by. */
export type ReadPages = { pages: QueuePage[]; pageParams: readonly unknown[] };

/** All rows in order, each case once: a page that was read anew may hold a case that its neighbour still shows. */
export function rowsOf(read: ReadPages | undefined): CaseRow[] {
  const seen = new Set<string>();
  const rows: CaseRow[] = [];
  for (const page of read?.pages ?? [])
    for (const row of page.cases) {
      if (seen.has(row.id)) continue;
      seen.add(row.id);
      rows.push(row);
    }
  return rows;
}

/** The indices of the pages that hold any of these cases. */
export function pagesHolding(read: ReadPages, caseIds: ReadonlySet<string>): number[] {
  return read.pages.flatMap((page, index) => (page.cases.some((row) => caseIds.has(row.id)) ? [index] : []));
}

/**
 * Puts a page that was read anew in its place. Cursors of the pages behind it stay, since they name a position in the
 * order and not a count; so rows that newcomers pushed over the edge of the page are kept at its end, unless they are
 * among the cases that changed.
 */
export function withPage<R extends ReadPages>(
  read: R,
  index: number,
  page: QueuePage,
  changed: ReadonlySet<string>,
): R {
  const before = read.pages[index];
  if (!before) return read;
  const held = new Set(page.cases.map((row) => row.id));
  const pushedOut = before.cases.filter((row) => !held.has(row.id) && !changed.has(row.id));
  const placed = { ...page, cases: [...page.cases, ...pushedOut], nextCursor: before.nextCursor };
  return { ...read, pages: read.pages.map((old, at) => (at === index ? placed : old)) };
}
