import type { ReactNode } from 'react';
import { usePageMark } from '@/lib/page-mark';
import { Logo } from '@/ui/Logo';
import classes from './team.module.css';

type Props = { title: string; lead: string; children: ReactNode };

/** What somebody sees who is not in yet, or comes by a mailed link. */
export function Door({ title, lead, children }: Props) {
  usePageMark(title, 0);
  return (
    <main className={classes.door} id="content" tabIndex={-1}>
      <div>
        <Logo size={48} />
        <h1>{title}</h1>
        <p>{lead}</p>
        {children}
      </div>
    </main>
  );
}
