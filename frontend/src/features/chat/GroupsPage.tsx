import { Button } from '@mantine/core';
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
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { groupsQuery } from './api';

/** Groups of people that are told notices. */
export function InternalGroupsPage() {
  const { t } = useTranslation('chat');
  usePageMark(t('groups.title'), 0);
  return <Panes home={paths.internalGroups} list={<Groups />} />;
}

export function NoInternalGroupOpen() {
  const { t } = useTranslation('chat');
  return (
    <Blank>
      <EmptyState title={t('groups.none_open')} text={t('groups.lead')} />
    </Blank>
  );
}

function Groups() {
  const { t } = useTranslation('chat');
  const groups = useQuery(groupsQuery);
  return (
    <ListPane
      title={t('groups.title')}
      query={groups}
      act={
        <Button
          variant="default"
          component={Link}
          to={paths.newInternalGroup}
          leftSection={<IconPlus size={16} stroke={1.75} />}
        >
          {t('groups.new')}
        </Button>
      }
    >
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            title={t('groups.none_yet')}
            text={t('groups.lead')}
            action={
              <Button variant="default" component={Link} to={paths.newInternalGroup}>
                {t('groups.begin')}
              </Button>
            }
          />
        ) : (
          <ul>
            {rows.map((group) => (
              <li key={group.id}>
                <Link
                  to={paths.internalGroup}
                  params={{ groupId: String(group.id) }}
                  className={panes.row}
                  data-plain
                >
                  <b className="cut">{group.name}</b>
                  {group.is_active ? <span /> : <Chip>{t('groups.closed')}</Chip>}
                  <small>{t('group_of', { count: group.member_count })}</small>
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </ListPane>
  );
}
