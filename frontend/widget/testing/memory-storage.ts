/** A Storage like the browser's, of which a test may have as many as it likes. */
export function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem(name: string, value: string) {
      kept.set(name, value);
      Object.defineProperty(storage, name, { value, enumerable: true, configurable: true });
    },
    removeItem(name: string) {
      kept.delete(name);
      Reflect.deleteProperty(storage, name);
    },
  };
  for (const name of Object.keys(storage)) {
    Object.defineProperty(storage, name, { enumerable: false });
  }
  return storage as Storage;
}
