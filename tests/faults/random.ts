/** Chance that can be repeated: the same seed, the same choices. (Mulberry32.) */
export type Chance = { fraction: () => number; below: (n: number) => number; between: (low: number, high: number) => number; pick: <T>(all: readonly T[]) => T | undefined };

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(fraction() * n);
  return { fraction, below, between: (low, high) => low + below(high - low + 1), pick: (all) => all[below(all.length)] };
}
