/**
 * A named corner of the browser's storage. Pages in private windows, in sandboxed frames or with
 * cookies refused throw at the first touch of it; then everything lives in memory, until the page
 * is left.
 */
export interface Shelf {
  get(name: string): unknown; // null when absent or damaged
  put(name: string, value: unknown): void;
  drop(name: string): void;
  /** The names that start so. */
  names(start: string): string[];
  /** Another tab put or dropped `name`. */
  onElsewhere(listener: (name: string) => void): void;
}

export function createShelf(prefix: string, area: () => Storage): Shelf {
  const memory = new Map<string, string>();

  function attempt<T>(act: (storage: Storage) => T, otherwise: T): T {
    try {
      return act(area());
    } catch {
      return otherwise;
    }
  }

  return {
    get(name) {
      const kept = memory.get(name) ?? attempt((storage) => storage.getItem(prefix + name), null);
      try {
        return kept === null ? null : (JSON.parse(kept) as unknown);
      } catch {
        return null;
      }
    },

    put(name, value) {
      const text = JSON.stringify(value);
      const isStored = attempt((storage) => (storage.setItem(prefix + name, text), true), false);
      if (isStored) memory.delete(name);
      else memory.set(name, text);
    },

    drop(name) {
      memory.delete(name);
      attempt((storage) => storage.removeItem(prefix + name), undefined);
    },

    names(start) {
      const stored = attempt((storage) => Object.keys(storage), []);
      const ours = stored.filter((key) => key.startsWith(prefix + start));
      const names = ours.map((key) => key.slice(prefix.length));
      return [...new Set([...names, ...[...memory.keys()].filter((n) => n.startsWith(start))])];
    },

    onElsewhere(listener) {
      addEventListener('storage', (event) => {
        if (event.key?.startsWith(prefix)) listener(event.key.slice(prefix.length));
      });
    },
  };
}
