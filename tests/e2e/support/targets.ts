/** What a finger must hit is 44 px wide and high, whatever the eye sees of it. */
import type { Page } from 'playwright-core';

import { note } from './guard.ts';

const FINGER_PX = 44;

const CONTROLS = [
  'a[href]', 'button', 'input', 'textarea', 'select', 'summary', 'audio[controls]',
  ...['button', 'link', 'tab', 'switch', 'slider', 'checkbox', 'radio', 'option', 'menuitem', 'menuitemradio', 'menuitemcheckbox']
    .map((role) => `[role=${role}]`),
].join(',');

/** Measures every control one can see and use now. A small one fails the journey at its end. */
export async function reachable(page: Page, state: string): Promise<void> {
  note(page, ...(await smallTargets(page)).map((one) => `target: ${state}: ${one}`));
}

/**
 * The area is found as a finger finds it: from the middle outwards, for as long as what is under the point belongs to
 * the control or its label. So a larger sensitive area counts, and one that lies under a neighbour does not. A link
 * inside a sentence is exempt, and so is what lies behind an open menu or dialog.
 */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(([controls, least]) => {
    const all = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? all(one.shadowRoot) : one.matches(controls) ? [one] : []));
    const deepest = (x: number, y: number): Element | null => {
      let found = document.elementFromPoint(x, y);
      while (found?.shadowRoot) {
        const inner = found.shadowRoot.elementFromPoint(x, y);
        if (inner === null || inner === found) break;
        found = inner;
      }
      return found;
    };
    const partsOf = (one: Element): Element[] =>
      one instanceof HTMLInputElement && ['checkbox', 'radio'].includes(one.type) ? [...(one.labels ?? []), one] : [one];
    const inSentence = (one: Element): boolean =>
      one.tagName === 'A' && getComputedStyle(one).display === 'inline' && (one.parentElement?.textContent?.trim().length ?? 0) > (one.textContent?.trim().length ?? 0);

    const every = all(document);
    const layers = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? layers(one.shadowRoot) : one.matches('[role=menu], [role=dialog], [role=listbox]') && one.checkVisibility() ? [one] : []));
    const front = layers(document).at(-1);
    const small: string[] = [];
    for (const control of front ? every.filter((one) => front.contains(one)) : every) {
      const parts = partsOf(control);
      const target = parts[0] ?? control;
      if (!target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || control.matches(':disabled, [data-disabled]') || inSentence(control)) continue;
      target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const box = target.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const hits = (dx: number, dy: number): boolean => {
        const hit = deepest(x + dx, y + dy);
        return hit !== null && parts.some((part) => part.contains(hit));
      };
      if (box.width < 2 || box.height < 2 || !hits(0, 0)) continue;
      const reach = (dx: number, dy: number): number => {
        let step = 0;
        while (step < least && hits(dx * (step + 1), dy * (step + 1))) step++;
        return step;
      };
      const width = reach(-1, 0) + reach(1, 0) + 1;
      const height = reach(0, -1) + reach(0, 1) + 1;
      /* Half a pixel on either side of the middle; and the edge around a field is part of it. */
      const enough = least - (control.matches('input') ? 3 : 1);
      if (width >= enough && height >= enough) continue;
      const name = control.getAttribute('aria-label') ?? (control as HTMLInputElement).labels?.[0]?.textContent ?? control.textContent ?? '';
      small.push(`${control.tagName.toLowerCase()} “${name.trim().slice(0, 60)}” is ${width} × ${height}`);
    }
    return small;
  }, [CONTROLS, FINGER_PX] as const);
}
