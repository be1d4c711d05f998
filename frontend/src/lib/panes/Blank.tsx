import type { ReactNode } from 'react';
import classes from './panes.module.css';

/** The place of a page while there is none: nothing was chosen, or it did not come. */
export function Blank({ children }: { children?: ReactNode }) {
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      {children}
    </main>
  );
}
