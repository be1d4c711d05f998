import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dropToast } from '@/lib/toast';
import classes from './notices.module.css';

type Props = { id: string; open: () => void; children: ReactNode };

/** A notice that leads to what it is about. */
export function Lead({ id, open, children }: Props) {
  const { t } = useTranslation('notices');
  const go = () => {
    dropToast(id);
    open();
  };
  return (
    <span className={classes.lead}>
      <span>{children}</span>
      <Button size="compact-sm" variant="default" onClick={go}>
        {t('open')}
      </Button>
    </span>
  );
}
