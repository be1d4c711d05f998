import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { useActOnMember, type Member } from './api';
import classes from './team.module.css';

/** What is known of how they come in, and what may be done about it. */
export function MemberActs({ member, isMe }: { member: Member; isMe: boolean }) {
  const { t } = useTranslation(['team', 'common']);
  const can = useCan();
  const navigate = useNavigate();
  const format = useFormat();
  const act = useActOnMember(member.id);
  const [asking, setAsking] = useState(false);
  const mayAct = !member.is_above_you && !isMe;

  const leave = () =>
    act.mutate('deactivate', {
      onSuccess: () => toast({ message: t('member.deactivated', { name: member.display_name }) }),
      onSettled: () => setAsking(false),
    });

  return (
    <section className={classes.section} aria-label={t('member.entry')}>
      <h3>{t('member.entry')}</h3>
      <div className={classes.card}>
        <dl className={classes.facts}>
          <dt>{t('member.email')}</dt>
          <dd className="cut">{member.email}</dd>
          <dt>{t('member.last_seen')}</dt>
          <dd>
            {member.last_seen_at ? format.moment(member.last_seen_at) : t('members.never_seen')}
          </dd>
          <dt>{t('member.factor')}</dt>
          <dd>{t(member.has_factor ? 'member.factor_on' : 'member.factor_off')}</dd>
        </dl>
        <div className={classes.acts}>
          {can('users.diagnose') && (
            <Button
              variant="default"
              onClick={() =>
                void navigate({
                  to: paths.signInLog,
                  params: { memberId: String(member.id) },
                })
              }
            >
              {t('member.log')}
            </Button>
          )}
          {mayAct && can('users.reset_password') && (
            <Button
              variant="default"
              loading={act.isPending}
              onClick={() =>
                act.mutate('reset-password', {
                  onSuccess: () =>
                    toast({ message: t('member.link_sent', { email: member.email }) }),
                })
              }
            >
              {t('member.reset_password')}
            </Button>
          )}
          {mayAct && can('users.deactivate') && member.is_active && (
            <Button variant="default" color="red" onClick={() => setAsking(true)}>
              {t('member.deactivate')}
            </Button>
          )}
          {mayAct && can('users.deactivate') && !member.is_active && (
            <Button
              variant="default"
              loading={act.isPending}
              onClick={() => act.mutate('reactivate')}
            >
              {t('member.reactivate')}
            </Button>
          )}
        </div>
      </div>
      <RefusalLine error={act.error} />
      <Dialog
        open={asking}
        title={t('member.deactivate_title', { name: member.display_name })}
        width={440}
        onClose={() => setAsking(false)}
      >
        <p>{t('member.deactivate_text')}</p>
        <div className={classes.dialogActs}>
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {t('common:cancel')}
          </Button>
          <Button color="red" loading={act.isPending} onClick={leave}>
            {t('member.deactivate')}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
