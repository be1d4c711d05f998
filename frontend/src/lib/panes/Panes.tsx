import { Outlet, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePhone } from '../phone';
import classes from './panes.module.css';

type Props = {
  /** Where the list stands alone: nothing of it is open. */
  home: string;
  list: ReactNode;
};

/**
 * A list and what is open of it, side by side; on a phone one of them is the whole page. Both keep
 * their place in the tree, so that turning the device loses nothing that was typed.
 */
export function Panes({ home, list }: Props) {
  const { pathname } = useLocation();
  const phone = usePhone();
  const atHome = pathname.replace(/\/$/, '') === home;
  const alone = phone && atHome;
  return (
    <div className={classes.panes}>
      {(!phone || atHome) && (
        <div className={classes.side} {...(alone && { id: 'content', role: 'main', tabIndex: -1 })}>
          {list}
        </div>
      )}
      {!alone && <Outlet />}
    </div>
  );
}
