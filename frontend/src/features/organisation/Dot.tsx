import type { CSSProperties } from 'react';
import type { DepartmentColor } from './api';
import { toneOf } from './colors';
import classes from './organisation.module.css';

/** Decorative: the name of what it marks is always in text beside it. */
export function Dot({ color }: { color: DepartmentColor }) {
  return <span className={classes.dot} style={toneOf(color) as CSSProperties} aria-hidden="true" />;
}
