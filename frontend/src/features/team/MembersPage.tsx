import { Button } from '@mantine/core';
import IconOff from '@tabler/icons-react/dist/esm/icons/IconPower.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { groupsQuery, membersQuery, type Member } from './api';
import { InviteDialog } from './InviteDialog';
import { InviteRows } from './InviteRows';
import { useGroupName } from './words';

export function MembersPage() {
  const { t } = useTranslation('team');
  usePageMark(t('members.title'), 0);
  return <Panes home={paths.members} list={<MemberList />} />;
}

export function NoMemberOpen() {
  const { t } = useTranslation('team');
  return (
    <Blank>
      <EmptyState title={t('members.none_open')} />
    </Blank>
  );
}

function MemberList() {
  const { t } = useTranslation('team');
  const members = useQuery(membersQuery);
  return (
    <ListPane title={t('members.title')} query={members} act={<Inviting />}>
      {(rows) => (
        <>
          <InviteRows />
          <ul>
            {rows.map((member) => (
              <li key={member.id}>
                <MemberRow member={member} />
              </li>
            ))}
          </ul>
        </>
      )}
    </ListPane>
  );
}

function Inviting() {
  const { t } = useTranslation('team');
  const can = useCan();
  const [open, setOpen] = useState(false);
  if (!can('users.invite')) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => setOpen(true)}
      >
        {t('invite.open')}
      </Button>
      <InviteDialog open={open} onClose={() => setOpen(false)} />
    </>
  );
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const groupName = useGroupName();
  const groups = useQuery(groupsQuery);
  const group = groups.data?.data.find(({ id }) => id === member.group_id);
  const seen = member.last_seen_at
    ? t('members.seen', { time: format.moment(member.last_seen_at) })
    : t('members.never_seen');
  return (
    <Link to={paths.member} params={{ memberId: String(member.id) }} className={panes.row}>
      <Avatar name={member.display_name} photo={photoAddress(member.photo_id)} />
      <b className="cut">{member.display_name}</b>
      {member.is_active ? (
        group && <Chip>{groupName(group)}</Chip>
      ) : (
        <Chip icon={<IconOff size={13} stroke={2} aria-hidden="true" />}>
          {t('members.inactive')}
        </Chip>
      )}
      <small className="cut">
        {member.email} · {seen}
      </small>
    </Link>
  );
}
