import type { DepartmentColor } from './api';

/** Each name has its tone in the theme: what stands on the quiet ground of the same number. */
const TONES: Record<DepartmentColor, string> = {
  sand: 'var(--b-avatar-0-text)',
  blue: 'var(--b-avatar-1-text)',
  green: 'var(--b-avatar-2-text)',
  clay: 'var(--b-avatar-3-text)',
  violet: 'var(--b-avatar-4-text)',
  teal: 'var(--b-avatar-5-text)',
};

export const COLORS = Object.keys(TONES) as DepartmentColor[];

export const toneOf = (color: DepartmentColor) => ({ '--tone': TONES[color] });
