import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountHome, paths } from '@/lib/paths';
import type { Account } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import classes from './shell.module.css';

/** An address that leads nowhere. */
export function LostScreen() {
  const { t } = useTranslation();
  return (
    <main id="content" className={classes.page} tabIndex={-1}>
      <EmptyState
        heading="h1"
        title={t('lost.title')}
        text={t('lost.text')}
        action={
          <Button variant="default" component={Link} to={paths.inbox}>
            {t('lost.action')}
          </Button>
        }
      />
    </main>
  );
}

type StrangeProps = { accounts: Pick<Account, 'slug' | 'name'>[] };

/** An account that is not there, or not for this person: the same words for both. */
export function StrangeAccount({ accounts }: StrangeProps) {
  const { t } = useTranslation();
  return (
    <main id="content" className={classes.page} tabIndex={-1}>
      <EmptyState
        heading="h1"
        tile={false}
        title={t('strange.title')}
        text={accounts.length > 0 ? t('strange.text') : t('strange.none')}
        action={accounts.map(({ slug, name }) => (
          <Button key={slug} variant="default" component="a" href={accountHome(slug)}>
            {t('strange.action', { name })}
          </Button>
        ))}
      />
    </main>
  );
}

/** A screen of ours that threw. The rest of the page lives on around it. */
export function BrokenScreen({ reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState
        tile={false}
        title={t('broken.title')}
        text={t('broken.text')}
        action={
          <Button variant="default" onClick={reset}>
            {t('broken.action')}
          </Button>
        }
      />
    </div>
  );
}
