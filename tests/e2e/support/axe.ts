/** axe on what is on screen, at both sizes and in both lights. */
import { readFileSync } from 'node:fs';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

import { note } from './guard.ts';
import { DESK, HAND } from './screens.ts';

/* WCAG A and AA, and what axe calls best practice: landmarks, the order of headings, regions. */
const STANDARD = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/* The small form of it: every page reads it anew, and reading the large one takes longer than most looks. */
const SOURCE = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

type Rules = { only?: string[]; without?: string[] };
const CONTRAST = 'color-contrast';

/** Every size and light; the page is left as it was. What is wrong fails the journey at its end. */
export async function accessible(page: Page, state: string, sizes = [DESK, HAND]): Promise<void> {
  const before = page.viewportSize() ?? DESK;
  for (const [place, size] of sizes.entries()) {
    await page.setViewportSize(size);
    /* Only colours differ in the dark, and they are the same at each size: once is enough, for they cost most. */
    for (const colorScheme of place === 0 ? (['light', 'dark'] as const) : (['light'] as const)) {
      await page.emulateMedia({ colorScheme });
      const found = await violations(page, colorScheme === 'dark' ? { only: [CONTRAST] } : { without: place === 0 ? [] : [CONTRAST] });
      note(page, ...found.map((one) => `axe: ${state}, ${size.width} px, ${colorScheme}: ${one}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}

export async function violations(page: Page, { only, without = [] }: Rules = {}): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  const result = await page.evaluate(
    ([runOnly, off]) => (globalThis as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'], runOnly, rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
    }),
    [only === undefined ? STANDARD : { type: 'rule' as const, values: only }, without] as const,
  );
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => !isDecided(id, html)).map(({ html, any, all, none }) => `${id}: ${html.slice(0, 240)} — ${[...any, ...all, ...none].map(({ message }) => message).join('; ').slice(0, 200)}`));
}

/*
 * A row of the list is named by a sentence that begins with the person: who dictates says the person. The initials on
 * a button are a picture of somebody, not its label. A figure over 99 is short for the eye and whole in the name.
 */
function isDecided(rule: string, html: string): boolean {
  /* What hangs from a control is drawn at the end of the page: its place is where the control is. */
  if (rule === 'region' && (html.includes('role="tooltip"') || html.includes('role="presentation"') && html.includes('data-position='))) return true;
  return rule === 'label-content-name-mismatch' && (html.includes('data-row=') || html.includes('aria-label="Minha conta"') || html.includes('aria-label="Atender, '));
}

/** Colours in the middle of a change are nobody's choice: transitions first come to their end. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(() => Promise.all(
    document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => undefined)),
  ));
}
