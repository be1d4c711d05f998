import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { EmptyState } from '@/ui/EmptyState';

/** An address that leads nowhere. */
export function LostScreen() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('lost.title')}
      text={t('lost.text')}
      action={
        <Button variant="default" component={Link} to={paths.inbox}>
          {t('lost.action')}
        </Button>
      }
    />
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
