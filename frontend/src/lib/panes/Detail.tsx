import { VisuallyHidden } from '@mantine/core';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IconButton } from '@/ui/IconButton';
import classes from './panes.module.css';

type Props = {
  title: string;
  /** The name of the place, for those who hear it, where nothing else on the screen says it. */
  place?: string | undefined;
  sub?: ReactNode;
  mark?: ReactNode;
  /** Where the arrow leads; a page of its own has none. `always`: also where the list stands beside it. */
  back?: { to: string; label: string; always?: boolean };
  /** What one can do to it as a whole. */
  acts?: ReactNode;
  children: ReactNode;
};

/** What is open of a list, or a page of its own, under a head that says what it is. */
export function Detail({ title, place, sub, mark, back, acts, children }: Props) {
  const navigate = useNavigate();
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      {place && <VisuallyHidden component="h1">{place}</VisuallyHidden>}
      <header className={classes.head}>
        {back && (
          <IconButton
            className={classes.back}
            data-always={back.always}
            size={44}
            label={back.label}
            onClick={() => void navigate({ to: back.to })}
          >
            <IconBack size={20} stroke={1.75} />
          </IconButton>
        )}
        {mark && <span className={classes.mark}>{mark}</span>}
        <div>
          <h2 className="cut">{title}</h2>
          {sub && <p className="num cut">{sub}</p>}
        </div>
        {acts}
      </header>
      {children}
    </main>
  );
}
