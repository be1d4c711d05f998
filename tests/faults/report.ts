/** What a script reads: `faults <name> <value>`, one figure per line. Everything else is indented. */
export type Outcome = { passed: number; failed: number };

export function say(name: string, value: number): void {
  console.log(`faults ${name} ${value}`);
}

export function remark(text: string): void {
  console.log(`  ${text}`);
}

/** What may not have happened, not once; what did is told as failures are in every suite. */
export function noneOf(counts: Record<string, number>): Outcome {
  const values = Object.entries(counts);
  for (const [name, value] of values) say(name, value);
  const wrong = values.filter(([, value]) => value !== 0);
  for (const [name, value] of wrong) console.log(`failed: ${name}: ${value}`);
  return { passed: values.length - wrong.length, failed: wrong.length };
}
