/** What a script reads: `bench <name> <value> <unit>`, one figure per line. Everything else is indented. */
export function figure(name: string, value: number, unit: string): void {
  console.log(`bench ${name} ${round(value)} ${unit}`);
}

export function remark(text: string): void {
  console.log(`  ${text}`);
}

/** Three digits that mean something, and all of what stands before the point. */
function round(value: number): string {
  if (!Number.isFinite(value)) return 'nan';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 3));
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
