import { useSyncExternalStore } from 'react';

/**
 * Acts that can be taken back for a few seconds. The request is only made when the time is over,
 * or at once when the person moves on: nothing is ever lost by leaving.
 */
export const GRACE_MS = 5000;

type Held = {
  id: string;
  /** Acts of the same subject keep their order: a new one lets the previous ones go first. */
  subject: string;
  due_at: number;
  run: () => void;
  onUndo: () => void;
  timer: ReturnType<typeof setTimeout>;
};

const held = new Map<string, Held>();
const listeners = new Set<() => void>();
let snapshot: readonly { id: string; subject: string; due_at: number }[] = [];

function changed() {
  snapshot = [...held.values()].map(({ id, subject, due_at }) => ({ id, subject, due_at }));
  for (const listener of listeners) listener();
}

function settle(id: string, run: boolean) {
  const act = held.get(id);
  if (!act) return;
  clearTimeout(act.timer);
  held.delete(id);
  if (run) act.run();
  else act.onUndo();
  changed();
}

export function holdAct(act: { id: string; subject: string; run: () => void; onUndo: () => void }) {
  letGo(act.subject);
  const timer = setTimeout(() => settle(act.id, true), GRACE_MS);
  held.set(act.id, { ...act, timer, due_at: Date.now() + GRACE_MS });
  changed();
}

export const undoAct = (id: string) => settle(id, false);

/** Runs what is held now: for one subject, or everything. */
export function letGo(subject?: string) {
  for (const act of [...held.values()]) {
    if (subject === undefined || act.subject === subject) settle(act.id, true);
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useHeldActs = () => useSyncExternalStore(subscribe, () => snapshot);

window.addEventListener('pagehide', () => letGo());
