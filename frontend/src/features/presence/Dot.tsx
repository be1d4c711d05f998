import type { CSSProperties } from 'react';
import type { Color } from './api';
import classes from './presence.module.css';

/* The tones of avatars, which each theme has its own of. */
const TONES: Record<Color, number> = { sand: 0, blue: 1, green: 2, clay: 3, violet: 4, teal: 5 };

/** Decorative: the name of what it marks is always in text beside it. */
export function Dot({ color }: { color: Color }) {
  const style: CSSProperties = { background: `var(--b-avatar-${TONES[color]}-text)` };
  return <span className={classes.dot} style={style} aria-hidden="true" />;
}
