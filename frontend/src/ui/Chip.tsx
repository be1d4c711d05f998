import type { ReactNode } from 'react';
import classes from './Chip.module.css';

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad' | 'bot' | 'survey' | 'note';

type Props = { tone?: Tone; icon?: ReactNode; children: ReactNode };

/** A state in one word: an icon and the word, never the colour alone. */
export function Chip({ tone = 'plain', icon, children }: Props) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {icon}
      <span className="cut">{children}</span>
    </span>
  );
}
