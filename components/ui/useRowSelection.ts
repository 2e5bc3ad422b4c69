import { useCallback, useState } from "react";

/**
 * Which row of a list is selected. The selection stays on its row when others come and go, and near its place when the
 * row itself goes. `focusCount` counts moves by key: the focus goes along with these alone.
 */
export function useRowSelection<Row extends { id: string }>(rows: readonly Row[]) {
  const [chosen, setChosen] = useState<{ id: string | null; index: number }>({ id: null, index: 0 });
  const [focusCount, setFocusCount] = useState(0);
  const found = rows.findIndex(({ id }) => id === chosen.id);
  const at = Math.max(0, found >= 0 ? found : Math.min(chosen.index, rows.length - 1));
  const select = useCallback((index: number) => setChosen({ id: rows[index]?.id ?? null, index }), [rows]);
  const move = (by: number): void => {
    // The first press goes to the row that is shown as selected: the eye is there already.
    const among = document.activeElement?.closest("[data-index]");
    select(Math.max(0, Math.min(rows.length - 1, among ? at + by : at)));
    setFocusCount((count) => count + 1);
  };
  return { at, current: rows[at], select, move, focusCount };
}
