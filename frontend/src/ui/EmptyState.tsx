import type { ReactNode } from 'react';
import { AzulejoTile } from './Azulejo';
import classes from './EmptyState.module.css';

type Props = {
  heading?: 'h1' | 'p';
  title: string;
  text?: string;
  action?: ReactNode;
  tile?: boolean;
};

/** `heading`: when it is the whole page. One tile, what this is, why it is empty, one action. */
export function EmptyState({ heading: Title = 'p', title, text, action, tile = true }: Props) {
  return (
    <div className={classes.empty}>
      {tile && (
        <span className={classes.tile}>
          <AzulejoTile />
        </span>
      )}
      <Title className={classes.title}>{title}</Title>
      {text && <p className={classes.text}>{text}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
