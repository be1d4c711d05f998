import { Button } from '@mantine/core';
import IconCoffee from '@tabler/icons-react/dist/esm/icons/IconCoffee.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSeconds } from '@/lib/now';
import { mineQuery } from '@/lib/presence';
import { useFormat } from '@/lib/session';
import { reasonsQuery, useChoose, useEndBreak, type Break } from './api';
import { lengthOf } from './clock';
import { useIdle } from './useIdle';
import classes from './presence.module.css';

/** Says above every screen that one gets no tickets, and lets one come back from there. */
export function Standing() {
  const { t } = useTranslation('presence');
  const { data: mine } = useQuery(mineQuery);
  const choose = useChoose();
  useIdle();

  if (mine?.break) return <OnBreak now={mine.break} />;
  if (mine?.chosen !== 'away') return null;
  return (
    <section className={classes.standing} aria-label={t('mine')}>
      <IconMoon size={16} stroke={1.75} aria-hidden="true" />
      <p>{t('away_now')}</p>
      <Button
        size="compact-sm"
        variant="default"
        loading={choose.isPending}
        onClick={() => choose.mutate('available')}
      >
        {t('be_available')}
      </Button>
    </section>
  );
}

function OnBreak({ now }: { now: Break }) {
  const { t } = useTranslation('presence');
  const format = useFormat();
  const clock = useSeconds();
  const end = useEndBreak();
  const { data: reasons } = useQuery(reasonsQuery);
  const reason = reasons?.data.find(({ id }) => id === now.reason_id)?.name ?? '';
  const { left } = lengthOf(now, clock);
  const until = new Date(Date.parse(now.started_at) + now.planned_min * 60_000).toISOString();
  return (
    <section className={classes.standing} data-over={left < 0 || undefined} aria-label={t('mine')}>
      <IconCoffee size={16} stroke={1.75} aria-hidden="true" />
      <p>{t('break_now', { reason, time: format.time(until) })}</p>
      <span className="num" role="timer">
        {left < 0
          ? t('over', { time: format.playTime(-left) })
          : t('left', { time: format.playTime(left) })}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={end.isPending}
        onClick={() => end.mutate(undefined)}
      >
        {t('end')}
      </Button>
    </section>
  );
}
