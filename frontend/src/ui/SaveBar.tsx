import type { ReactNode } from 'react';
import classes from './SaveBar.module.css';

/** Sits at the foot of a form; its place is reserved, so nothing jumps when it fills. */
export function SaveBar({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <footer className={classes.bar}>
      <span className={classes.summary} role="status">
        {summary}
      </span>
      {children}
    </footer>
  );
}
