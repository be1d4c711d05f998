import { Button, Skeleton } from '@mantine/core';
import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { sayDevice } from '@/lib/device';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Delayed } from '@/ui/Delayed';
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
    <Detail
      title={t('title')}
      sub={
        attempts.data &&
        `${attempts.data.display_name}${attempts.data.is_active ? '' : ` · ${t('deactivated')}`}`
      }
      back={{ to: paths.member.replace('$memberId', String(id)), label: t('back'), always: true }}
      acts={
        can('users.unlock') && (
          <Button
            variant="default"
            loading={unlock.isPending}
            onClick={() =>
              unlock.mutate(undefined, { onSuccess: () => toast({ message: t('unlocked') }) })
            }
          >
            {t('unlock')}
          </Button>
        )
      }
    >
      {/* Nothing in it takes the focus, and keys must scroll it. */}
      <div
        className={`${panes.scroll} scrolls`}
        role="log"
        aria-live="off"
        aria-label={t('attempts')}
        tabIndex={0}
      >
        <RefusalLine error={unlock.error} />
        {rows ? (
          <Attempts rows={rows} />
        ) : attempts.isError ? (
          <RefusalState error={attempts.error} onRetry={() => void attempts.refetch()} />
        ) : (
          <Delayed>
            <Skeleton height={160} maw={720} />
          </Delayed>
        )}
      </div>
    </Detail>
  );
}

function Attempts({ rows }: { rows: Attempt[] }) {
  const { t } = useTranslation('signinlog');
  if (rows.length === 0) return <EmptyState title={t('empty')} text={t('empty_text')} />;
  return (
    <ul className={classes.list} aria-label={t('attempts')}>
      {rows.map((attempt) => (
        <AttemptRow key={attempt.id} attempt={attempt} />
      ))}
    </ul>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation('signinlog');
  const format = useFormat();
  const remedy = wordsFor('signinlog', `remedy_${attempt.reason}`);
  const good = attempt.reason === 'signed_in';
  const Icon = good ? IconCheck : IconAlert;
  return (
    <li data-good={good || undefined}>
      <Icon size={18} stroke={1.75} aria-hidden="true" />
      <div>
        <b>{t(`reason.${attempt.reason}`)}</b>
        {remedy && <span>{remedy}</span>}
        {attempt.retry_at && <span>{t('until', { time: format.moment(attempt.retry_at) })}</span>}
        <span className={classes.from}>
          {t('from', { device: sayDevice(attempt.device), address: attempt.address })}
        </span>
      </div>
      <time dateTime={attempt.at} title={format.exact(attempt.at)}>
        {format.moment(attempt.at)}
      </time>
    </li>
  );
}
