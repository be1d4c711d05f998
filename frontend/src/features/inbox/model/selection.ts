import { useSyncExternalStore } from 'react';

/** Rows of the list that one act is meant for. The last one touched is where a range begins. */
let chosen: ReadonlySet<number> = new Set();
let anchor: number | undefined;
let list = '';
const listeners = new Set<() => void>();

function set(next: ReadonlySet<number>, from?: number) {
  chosen = next;
  anchor = from;
  for (const listener of listeners) listener();
}

export function toggleSelected(id: number) {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  set(next, id);
}

/** From the last one touched to this one, in the order of the list. */
export function selectRange(id: number, order: readonly number[]) {
  const [a, b] = [order.indexOf(anchor ?? id), order.indexOf(id)].sort((x, y) => x - y) as [
    number,
    number,
  ];
  set(new Set([...chosen, ...order.slice(Math.max(0, a), b + 1)]), anchor ?? id);
}

export const selectAll = (order: readonly number[]) => set(new Set(order), order[0]);
/** What was chosen in one list is not chosen in another. */
export function selectIn(name: string) {
  if (name !== list) clearSelection();
  list = name;
}

export const clearSelection = () => set(new Set());

export const useSelection = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => chosen,
  );
