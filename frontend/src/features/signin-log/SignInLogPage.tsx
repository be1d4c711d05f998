import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { sayDevice } from '@/lib/device';
import { usePageMark } from '@/lib/page-mark';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { EmptyState } from '@/ui/EmptyState';
import { attemptsQuery, useUnlock, type Attempt } from './api';
import classes from './signin-log.module.css';

const route = getRouteApi('/in/configuracoes/usuarios/$memberId/entradas');

/** "Why can't this user sign in?": what happened at the door, and what helps. */
export function SignInLogPage() {
  const { t } = useTranslation('signinlog');
  const can = useCan();
  const id = Number(route.useParams().memberId);
  const attempts = useQuery(attemptsQuery(id));
  const unlock = useUnlock(id);
  usePageMark(t('title'), 0);

  const rows = attempts.data?.data;
  return (
    <main className={classes.page} id="content" tabIndex={-1}>
      <header>
        <h1>{t('title')}</h1>
        {attempts.data && (
          <p>
            {attempts.data.display_name}
            {!attempts.data.is_active && ` · ${t('deactivated')}`}
          </p>
        )}
        {can('users.unlock') && (
          <Button
            variant="default"
            loading={unlock.isPending}
            onClick={() =>
              unlock.mutate(undefined, { onSuccess: () => toast({ message: t('unlocked') }) })
            }
          >
            {t('unlock')}
          </Button>
        )}
      </header>
      <RefusalLine error={unlock.error} />
      {attempts.isPending && <Skeleton height={160} />}
      {attempts.isError && !rows && (
        <RefusalState error={attempts.error} onRetry={() => void attempts.refetch()} />
      )}
      {rows?.length === 0 && <EmptyState title={t('empty')} text={t('empty_text')} />}
      {rows && rows.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {rows.map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </ul>
      )}
    </main>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation('signinlog');
  const format = useFormat();
  const remedy = wordsFor('signinlog', `remedy_${attempt.reason}`);
  return (
    <li data-good={attempt.reason === 'signed_in' || undefined}>
      <time dateTime={attempt.at}>{format.moment(attempt.at)}</time>
      <div>
        <b>{t(`reason.${attempt.reason}`)}</b>
        {remedy && <span>{remedy}</span>}
        {attempt.retry_at && <span>{t('until', { time: format.moment(attempt.retry_at) })}</span>}
        <span className={classes.from}>
          {t('from', { device: sayDevice(attempt.device), address: attempt.address })}
        </span>
      </div>
    </li>
  );
}
