import type { ReactNode } from 'react';
import { AzulejoTile } from './Azulejo';
import classes from './EmptyState.module.css';

type Props = { title: string; text?: string; action?: ReactNode; tile?: boolean };

/** One tile, what this is, why it is empty, one action. */
export function EmptyState({ title, text, action, tile = true }: Props) {
  return (
    <div className={classes.empty}>
      {tile && (
        <span className={classes.tile}>
          <AzulejoTile />
        </span>
      )}
      <p className={classes.title}>{title}</p>
      {text && <p className={classes.text}>{text}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
