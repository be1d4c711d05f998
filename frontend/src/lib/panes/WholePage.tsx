import type { ReactNode } from 'react';
import classes from './whole-page.module.css';

type Props = {
  title: string;
  /** The first heading of a place that has no other above it. */
  heading?: 'h1' | 'h2';
  sub: ReactNode;
  act: ReactNode;
  children: ReactNode;
};

/** A place that is one list over the whole width, with a head of its own. */
export function WholePage({ title, heading: Heading = 'h2', sub, act, children }: Props) {
  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      <header className={classes.head}>
        <div>
          <Heading>{title}</Heading>
          {sub}
        </div>
        {act}
      </header>
      {children}
    </main>
  );
}
