import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import classes from './team.module.css';

type Props = {
  title: string;
  sub?: string;
  mark?: ReactNode;
  /** Where the arrow of a small screen leads; a page of its own has none. */
  back?: string;
  children: ReactNode;
};

export function Detail({ title, sub, mark, back, children }: Props) {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      <header className={classes.head} data-top={back === undefined || undefined}>
        {back !== undefined && (
          <IconButton
            className={classes.back}
            size={44}
            label={t('back')}
            onClick={() => void navigate({ to: back })}
          >
            <IconBack size={20} stroke={1.75} />
          </IconButton>
        )}
        {mark}
        <div>
          <h2 className="cut">{title}</h2>
          {sub && <p className="cut">{sub}</p>}
        </div>
      </header>
      {children}
    </main>
  );
}
