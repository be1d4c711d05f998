import { Button, SegmentedControl } from '@mantine/core';
import IconCoffee from '@tabler/icons-react/dist/esm/icons/IconCoffee.mjs';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { mineQuery } from '@/lib/presence';
import { RefusalLine } from '@/lib/refusal';
import { reasonsQuery, useChoose, useEndBreak, useStartBreak } from './api';
import { Dot } from './Dot';
import { StateMark } from './StateMark';
import classes from './presence.module.css';

/** How I am seen, and what I make of it: away by hand, or a break. Part of my own menu. */
export function MyStatus() {
  const { t } = useTranslation('presence');
  const { data: mine } = useQuery(mineQuery);
  const { data: reasons } = useQuery(reasonsQuery);
  const choose = useChoose();
  const start = useStartBreak();
  const end = useEndBreak();
  const take = useId();
  if (!mine) return <div className={classes.status} />;

  const offered = reasons?.data.filter(({ is_active }) => is_active) ?? [];
  return (
    <section className={classes.status} aria-label={t('mine')}>
      <StateMark state={mine.state} />
      <SegmentedControl
        aria-label={t('choose')}
        size="xs"
        fullWidth
        value={mine.chosen}
        onChange={(next) => choose.mutate(next === 'away' ? 'away' : 'available')}
        data={[
          { value: 'available', label: t('chosen.available') },
          { value: 'away', label: t('chosen.away') },
        ]}
      />
      {mine.break ? (
        <Button
          variant="default"
          fullWidth
          loading={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          {t('end')}
        </Button>
      ) : (
        offered.length > 0 && (
          <>
            <p className={classes.small} id={take}>
              <IconCoffee size={14} stroke={1.75} aria-hidden="true" />
              {t('take')}
            </p>
            <ul className={classes.offers} aria-labelledby={take}>
              {offered.map(({ id, name, planned_min, color }) => (
                <li key={id}>
                  <Button
                    variant="subtle"
                    fullWidth
                    justify="start"
                    leftSection={<Dot color={color} />}
                    disabled={start.isPending}
                    onClick={() => start.mutate(id)}
                  >
                    {t('offer', { name, count: planned_min })}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )
      )}
      <RefusalLine error={start.error ?? end.error ?? choose.error} />
    </section>
  );
}
