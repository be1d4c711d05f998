import type { ReactNode } from 'react';
import { Logo } from '@/ui/Logo';
import classes from './operator.module.css';

export function Entrance({ children }: { children: ReactNode }) {
  return (
    <main id="content" className={classes.door}>
      <div>
        <Logo size={40} />
        {children}
      </div>
    </main>
  );
}
