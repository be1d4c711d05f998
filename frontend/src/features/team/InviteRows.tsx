import { Button } from '@mantine/core';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import panes from '@/lib/panes/panes.module.css';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Chip } from '@/ui/Chip';
import { invitesQuery, useEndInvite, useResendInvite, type Invite } from './api';
import classes from './team.module.css';

/** Who was invited and has not come yet. Nothing when nobody was. */
export function InviteRows() {
  const { t } = useTranslation('team');
  const invites = useQuery(invitesQuery);
  const rows = invites.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t('invite.waiting')}</h3>
      <ul aria-label={t('invite.waiting')}>
        {rows.map((invite) => (
          <li key={invite.id}>
            <InviteRow invite={invite} />
          </li>
        ))}
      </ul>
      <h3>{t('members.here')}</h3>
    </>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const { t } = useTranslation('team');
  const format = useFormat();
  const can = useCan();
  const resend = useResendInvite();
  const end = useEndInvite();
  const sent = () => toast({ message: t('invite.sent', { email: invite.email }) });
  return (
    <div className={panes.row} data-plain>
      <b className="cut">{invite.email}</b>
      <Chip tone="accent" icon={<IconMail size={13} stroke={2} aria-hidden="true" />}>
        {t('invite.invited')}
      </Chip>
      <small>{t('invite.good_until', { time: format.date(invite.expires_at) })}</small>
      {can('users.invite') && (
        <div className={classes.acts}>
          <Button
            variant="subtle"
            size="xs"
            loading={resend.isPending}
            onClick={() => resend.mutate(invite.id, { onSuccess: sent })}
          >
            {t('invite.resend')}
          </Button>
          <Button
            variant="subtle"
            size="xs"
            loading={end.isPending}
            onClick={() => end.mutate(invite.id)}
          >
            {t('invite.end')}
          </Button>
        </div>
      )}
      <RefusalLine error={resend.error ?? end.error} />
    </div>
  );
}
