import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayDevice } from '@/lib/device';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { sessionsQuery, useEndOtherSessions, useEndSession, type Session } from './api';
import classes from './profile.module.css';

export function SessionsSection() {
  const { t } = useTranslation('profile');
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const rows = sessions.data?.data;

  return (
    <section className={classes.section} aria-labelledby="profile-sessions">
      <h2 id="profile-sessions">{t('sessions.title')}</h2>
      <p>{t('sessions.lead')}</p>
      {sessions.isPending && <Skeleton height={56} />}
      {sessions.isError && !rows && (
        <RefusalState error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {rows && (
        <ul className={classes.list}>
          {rows.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              onEnd={() => end.mutate(session.id)}
              isBusy={end.isPending && end.variables === session.id}
            />
          ))}
        </ul>
      )}
      <RefusalLine error={end.error ?? endOthers.error} />
      {rows && rows.length > 1 && (
        <div className={classes.actions}>
          <Button
            variant="default"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate()}
          >
            {t('sessions.end_others')}
          </Button>
        </div>
      )}
    </section>
  );
}

type RowProps = { session: Session; onEnd: () => void; isBusy: boolean };

function SessionRow({ session, onEnd, isBusy }: RowProps) {
  const { t } = useTranslation('profile');
  const format = useFormat();
  const device = sayDevice(session.device);
  return (
    <li>
      <div>
        <b>
          {device} {session.is_this && <Chip>{t('sessions.this')}</Chip>}
        </b>
        <span>
          {t('sessions.where', {
            address: session.address,
            since: format.moment(session.created_at),
            active: format.moment(session.active_at),
          })}
        </span>
      </div>
      {!session.is_this && (
        <Button
          variant="default"
          size="xs"
          loading={isBusy}
          aria-label={t('sessions.end_at', { device })}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
