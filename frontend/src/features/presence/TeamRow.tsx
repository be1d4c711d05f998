import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { useSeconds } from '@/lib/now';
import { photoAddress } from '@/lib/photo';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { reasonsQuery, useChooseFor, useEndBreakOf, type Break, type Teammate } from './api';
import { lengthOf } from './clock';
import { StateMark } from './StateMark';
import classes from './presence.module.css';

type Props = { mate: Teammate; account: Schema['AccountCatalogue'] };

export function TeamRow({ mate, account }: Props) {
  const { t } = useTranslation('presence');
  const can = useCan();
  const format = useFormat();
  const endBreak = useEndBreakOf();
  const choose = useChooseFor();
  const person = account.members.find(({ id }) => id === mate.member_id);
  const name = person?.display_name ?? '';
  const places = account.departments
    .filter(({ id }) => person?.department_ids.includes(id))
    .map((department) => department.name);
  const next = mate.chosen === 'away' ? 'available' : 'away';
  return (
    <li className={classes.row}>
      <Avatar name={name} photo={photoAddress(person?.photo_id)} />
      <div className={classes.who}>
        <b className="cut">{name}</b>
        <small className="cut">{places.join(' · ') || t('team.no_department')}</small>
      </div>
      <div className={classes.what}>
        <StateMark state={mate.state} />
        {mate.break ? (
          <BreakClock now={mate.break} />
        ) : (
          mate.since && <small>{t('team.since', { time: format.moment(mate.since) })}</small>
        )}
      </div>
      <small className={`num ${classes.load}`}>{t('team.serving', { count: mate.serving })}</small>
      <span className={classes.acts}>
        {mate.break && (
          <Button
            size="compact-sm"
            variant="default"
            loading={endBreak.isPending}
            aria-label={t('team.end_of', { name })}
            onClick={() => mate.break && endBreak.mutate(mate.break.id)}
          >
            {t('end')}
          </Button>
        )}
        {can('presence.set') && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={choose.isPending}
            aria-label={t(`team.set_${next}`, { name })}
            onClick={() => choose.mutate({ member_id: mate.member_id, chosen: next })}
          >
            {t(`set.${next}`)}
          </Button>
        )}
      </span>
      <RefusalLine error={endBreak.error ?? choose.error} />
    </li>
  );
}

function BreakClock({ now }: { now: Break }) {
  const { t } = useTranslation('presence');
  const format = useFormat();
  const clock = useSeconds();
  const { data: reasons } = useQuery(reasonsQuery);
  const reason = reasons?.data.find(({ id }) => id === now.reason_id)?.name ?? '';
  const { seconds, left } = lengthOf(now, clock);
  return (
    <small className="num" data-over={left < 0 || undefined}>
      {t('team.on', { reason, time: format.playTime(seconds), count: now.planned_min })}
      {left < 0 && ` · ${t('over', { time: format.playTime(-left) })}`}
    </small>
  );
}
