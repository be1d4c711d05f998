import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { accountQuery, teamQuery, type PresenceState, type Teammate } from './api';
import { History } from './History';
import { TeamRow } from './TeamRow';
import classes from './presence.module.css';

const ORDER: PresenceState[] = ['break', 'online', 'away', 'offline'];

/** Who is there and who is not, as it changes; and the breaks that were. */
export function TeamPage() {
  const { t } = useTranslation('presence');
  const can = useCan();
  const [view, setView] = useState<'now' | 'history'>('now');
  usePageMark(t('team.title'), 0);

  if (!can('breaks.supervise'))
    return (
      <main className={classes.forbidden} id="content" tabIndex={-1}>
        <EmptyState title={t('team.forbidden')} text={t('team.forbidden_who')} />
      </main>
    );
  return (
    <WholePage
      title={t('team.title')}
      heading="h1"
      sub={<Summary />}
      act={
        <SegmentedControl
          aria-label={t('team.view')}
          value={view}
          onChange={(next) => setView(next === 'history' ? 'history' : 'now')}
          data={[
            { value: 'now', label: t('team.now') },
            { value: 'history', label: t('team.history') },
          ]}
        />
      }
    >
      {/* Nothing in it may take the focus, and keys must scroll it. */}
      <div className="scrolls" tabIndex={0} role="region" aria-label={t(`team.${view}`)}>
        {view === 'now' ? <Now /> : <History />}
      </div>
    </WholePage>
  );
}

function Summary() {
  const { t } = useTranslation('presence');
  const { data: team } = useQuery(teamQuery);
  const counted = ORDER.map((state) => ({
    state,
    count: team?.data.filter((mate) => mate.state === state).length ?? 0,
  })).filter(({ count }) => count > 0);
  return <p>{counted.map(({ state, count }) => t(`count.${state}`, { count })).join(' · ')}</p>;
}

const rank = ({ state }: Teammate) => ORDER.indexOf(state);

function Now() {
  const { t } = useTranslation('presence');
  const can = useCan();
  const team = useQuery(teamQuery);
  const { data: account } = useQuery(accountQuery);
  if (team.isError && !team.data)
    return <RefusalState error={team.error} onRetry={() => void team.refetch()} />;
  if (!team.data || !account)
    return (
      <div className={classes.loading}>
        <Skeleton height={56} mb={8} />
        <Skeleton height={56} />
      </div>
    );
  if (team.data.data.length === 0)
    return (
      <EmptyState
        title={t('team.empty')}
        text={t('team.empty_why')}
        action={
          can('departments.members') && (
            <Button variant="default" component={Link} to={paths.departments}>
              {t('team.to_departments')}
            </Button>
          )
        }
      />
    );
  return (
    <ul aria-label={t('team.people')}>
      {team.data.data
        .toSorted((a, b) => rank(a) - rank(b))
        .map((mate) => (
          <TeamRow key={mate.member_id} mate={mate} account={account} />
        ))}
    </ul>
  );
}
