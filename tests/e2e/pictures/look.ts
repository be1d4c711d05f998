/** What a picture is of: a place reached by somebody, at a size and in a light. */
import type { Page } from 'playwright-core';

import { origin } from '../../http/support/house.ts';

export const SIZES = { 1440: { width: 1440, height: 900 }, 390: { width: 390, height: 844 } } as const;
export const LIGHTS = ['light', 'dark'] as const;

export type Look = { width: keyof typeof SIZES; light: (typeof LIGHTS)[number] };
export type Shot = (page: Page, look: Look) => Promise<void>;

/** `who`: the e-mail of whoever is signed in; null: a stranger. */
export type Screen = { who: string | null; name: string; shot: Shot };

export const goto = (path: string): Shot => async (page) => void (await page.goto(origin + path));
export const isPhone = ({ width }: Look): boolean => width === 390;
