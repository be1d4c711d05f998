import type { ReactNode } from 'react';
import classes from './whole-page.module.css';

type Props = { title: string; sub: ReactNode; act: ReactNode; children: ReactNode };

/** A place of the settings that is one list over the whole width, with a head of its own. */
export function WholePage({ title, sub, act, children }: Props) {
  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      <header className={classes.head}>
        <div>
          <h2>{title}</h2>
          {sub}
        </div>
        {act}
      </header>
      {children}
    </main>
  );
}
