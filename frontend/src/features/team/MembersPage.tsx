import { Button, Skeleton } from '@mantine/core';
import IconOff from '@tabler/icons-react/dist/esm/icons/IconPower.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { usePhone } from '@/lib/phone';
import { RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Chip } from '@/ui/Chip';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { groupsQuery, membersQuery, type Member } from './api';
import { InviteDialog } from './InviteDialog';
import { InviteRows } from './InviteRows';
import { useGroupName } from './words';
import classes from './team.module.css';

export function MembersPage() {
  const { t } = useTranslation('team');
  const { pathname } = useLocation();
  usePageMark(t('members.title'), 0);
  const deep = pathname.replace(/\/$/, '') !== paths.members;
  return (
    <div className={classes.team} data-deep={deep || undefined}>
      <MemberList />
      <Outlet />
    </div>
  );
}

export function NoMemberOpen() {
  const { t } = useTranslation('team');
  return (
    <main className={classes.detail} id="content" tabIndex={-1}>
      <EmptyState title={t('members.none_open')} />
    </main>
  );
}

function MemberList() {
  const { t } = useTranslation('team');
  const can = useCan();
  const members = useQuery(membersQuery);
  const phone = usePhone();
  const [inviting, setInviting] = useState(false);
  const rows = members.data?.data;
  return (
    <section
      className={classes.list}
      role={phone ? 'main' : undefined}
      aria-label={t('members.title')}
      data-zone
      tabIndex={-1}
    >
      <header>
        <h2>{t('members.title')}</h2>
        {can('users.invite') && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={() => setInviting(true)}
          >
            {t('invite.open')}
          </Button>
        )}
      </header>
      <div className="scrolls">
        {members.isError && !rows ? (
          <RefusalState error={members.error} onRetry={() => void members.refetch()} />
        ) : !rows ? (
          <Delayed>
            <div className={classes.waiting}>
              <Skeleton height={40} mb={24} />
              <Skeleton height={40} />
            </div>
          </Delayed>
        ) : (
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
      </div>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </section>
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
    <Link to={paths.member} params={{ memberId: String(member.id) }} className={classes.row}>
      <Avatar name={member.display_name} photo={photoAddress(member.photo_id)} />
      <b className="cut">{member.display_name}</b>
      {member.is_active ? (
        <Chip>{group ? groupName(group) : '…'}</Chip>
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
