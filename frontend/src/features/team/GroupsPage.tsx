import { Button } from '@mantine/core';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { groupsQuery, type Group } from './api';
import { useGroupName } from './words';

export function GroupsPage() {
  const { t } = useTranslation('team');
  usePageMark(t('groups.title'), 0);
  return <Panes home={paths.groups} list={<GroupList />} />;
}

export function NoGroupOpen() {
  const { t } = useTranslation('team');
  return (
    <Blank>
      <EmptyState title={t('groups.none_open')} />
    </Blank>
  );
}

function GroupList() {
  const { t } = useTranslation('team');
  const can = useCan();
  const groups = useQuery(groupsQuery);
  return (
    <ListPane
      title={t('groups.title')}
      query={groups}
      act={
        can('groups.manage') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newGroup}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('groups.new')}
          </Button>
        )
      }
    >
      {(rows) => (
        <ul>
          {rows.map((group) => (
            <li key={group.id}>
              <GroupRow group={group} />
            </li>
          ))}
        </ul>
      )}
    </ListPane>
  );
}

function GroupRow({ group }: { group: Group }) {
  const { t } = useTranslation('team');
  const groupName = useGroupName();
  const people = t('groups.people', { count: group.member_count });
  return (
    <Link to={paths.group} params={{ groupId: String(group.id) }} className={panes.row} data-plain>
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
