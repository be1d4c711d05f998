/** What a script reads: `faults <name> <value>`, one figure per line. Everything else is indented. */
export type Outcome = { passed: number; failed: number };

export function say(name: string, value: number): void {
  console.log(`faults ${name} ${value}`);
}

export function remark(text: string): void {
  console.log(`  ${text}`);
}

/** What may not have happened, not once. */
export function noneOf(counts: Record<string, number>): Outcome {
  const values = Object.entries(counts);
  for (const [name, value] of values) say(name, value);
  const failed = values.filter(([, value]) => value !== 0).length;
  return { passed: values.length - failed, failed };
}
