/** What the check said of a draft, and what of it still stands for the one under one's hands. */
import type { Finding } from '../api';
import { cardOf, targetOf, type FlowDocument } from './document';

/** What stands at a path; of what is within a list, the list. */
function at(value: unknown, path: string): unknown {
  let here = value;
  for (const part of path.split('.')) {
    if (typeof here !== 'object' || here === null || Array.isArray(here)) return here;
    here = (here as Record<string, unknown>)[part];
  }
  return here;
}

const isSame = (path: string, before: unknown, now: unknown) =>
  JSON.stringify(at(before, path)) === JSON.stringify(at(now, path));

/**
 * Is this still about what is there? Not once its card is gone, or the setting or the way out that it is about is
 * another than the one that was checked. What is about more than that stands until the server says otherwise.
 * The setting of a card is a path within its settings, that of a flow one within the document.
 */
export function stands(
  { card, outlet, setting }: Pick<Finding, 'card' | 'outlet' | 'setting'>,
  checked: FlowDocument,
  now: FlowDocument,
): boolean {
  if (!card) return !setting || isSame(setting, checked, now);
  const [before, after] = [cardOf(checked, card), cardOf(now, card)];
  if (!before || !after) return after !== undefined;
  if (outlet && targetOf(checked, card, outlet) !== targetOf(now, card, outlet)) return false;
  return !setting || isSame(setting, before.settings, after.settings);
}
