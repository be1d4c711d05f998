import { Button, Skeleton } from '@mantine/core';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { paths } from '@/lib/paths';
import { usePhone } from '@/lib/phone';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { groupsQuery, type Group } from './api';
import { useGroupName } from './words';
import classes from './team.module.css';

export function GroupsPage() {
  const { t } = useTranslation('team');
  const { pathname } = useLocation();
  usePageMark(t('groups.title'), 0);
  const deep = pathname.replace(/\/$/, '') !== paths.groups;
  return (
    <div className={classes.team} data-deep={deep || undefined}>
      <GroupList />
      <Outlet />
    </div>
  );
}

export function NoGroupOpen() {
  const { t } = useTranslation('team');
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      <EmptyState title={t('groups.none_open')} />
    </main>
  );
}

function GroupList() {
  const { t } = useTranslation('team');
  const can = useCan();
  const groups = useQuery(groupsQuery);
  const phone = usePhone();
  const rows = groups.data?.data;
  return (
    <section
      className={classes.list}
      role={phone ? 'main' : undefined}
      aria-label={t('groups.title')}
      data-zone
      tabIndex={-1}
    >
      <header>
        <h2>{t('groups.title')}</h2>
        {can('groups.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newGroup}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('groups.new')}
          </Button>
        )}
      </header>
      <div className="scrolls">
        {groups.isError && !rows ? (
          <RefusalState error={groups.error} onRetry={() => void groups.refetch()} />
        ) : !rows ? (
          <Delayed>
            <div className={classes.waiting}>
              <Skeleton height={40} mb={24} />
              <Skeleton height={40} />
            </div>
          </Delayed>
        ) : (
          <ul>
            {rows.map((group) => (
              <li key={group.id}>
                <GroupRow group={group} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function GroupRow({ group }: { group: Group }) {
  const { t } = useTranslation('team');
  const groupName = useGroupName();
  const people = t('groups.people', { count: group.member_count });
  return (
    <Link
      to={paths.group}
      params={{ groupId: String(group.id) }}
      className={classes.row}
      data-plain
    >
      <b className="cut">{groupName(group)}</b>
      {group.builtin !== null && (
        <Chip icon={<IconLock size={13} stroke={2} aria-hidden="true" />}>
          {t('groups.builtin')}
        </Chip>
      )}
      <small className="cut">
        {people} · {t(`scope.${group.scope}`)}
      </small>
    </Link>
  );
}
