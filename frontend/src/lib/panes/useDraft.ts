import { useState } from 'react';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What hands changed on top of what the server has. A fresh answer moves what nobody touched. */
export function useDraft<T extends object>(saved: T) {
  const [touched, setTouched] = useState<Partial<T>>({});
  const values: T = { ...saved, ...touched };
  const names = (Object.keys(saved) as (keyof T)[]).filter(
    (name) => !same(saved[name], values[name]),
  );
  const change: Partial<T> = {};
  for (const name of names) change[name] = values[name];
  return {
    values,
    change,
    changes: names.length,
    set: <K extends keyof T>(name: K, value: T[K]) =>
      setTouched((now) => ({ ...now, [name]: value })),
    discard: () => setTouched({}),
  };
}
