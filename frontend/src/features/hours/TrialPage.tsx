import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { hoursQuery, trialQuery, useAccount, type TrialOf } from './api';
import { TrialAnswer } from './TrialAnswer';
import classes from './hours.module.css';

const WALL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** What happens at this date and time? The same answer that customers meet. */
export function TrialPage() {
  const { t } = useTranslation('hours');
  const format = useFormat();
  const hours = useQuery(hoursQuery);
  const account = useAccount();
  const [of, setOf] = useState('account');
  const [at, setAt] = useState(() => format.wall(new Date().toISOString()));
  const trial = useQuery({
    ...trialQuery(subjectOf(of), at),
    enabled: WALL.test(at),
    placeholderData: (before) => before,
  });
  usePageMark(t('trial.title'), 0);
  const group = (
    word: 'period' | 'department' | 'channel',
    list: { id: number; name: string }[],
  ) => ({
    group: t(`trial.${word}s`),
    items: list.map(({ id, name }) => ({ value: `${word}_id:${id}`, label: name })),
  });
  return (
    <Detail title={t('trial.title')} sub={t('trial.lead')}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <section className={classes.section}>
            <div className={classes.pair}>
              <Select
                label={t('trial.of')}
                allowDeselect={false}
                searchable
                data={[
                  { value: 'account', label: t('trial.account') },
                  group('department', account.data?.departments ?? []),
                  group('channel', account.data?.channels ?? []),
                  group('period', hours.data?.periods ?? []),
                ]}
                value={of}
                onChange={(next) => setOf(next ?? 'account')}
              />
              <TextInput
                type="datetime-local"
                label={t('trial.at')}
                value={at}
                onChange={({ currentTarget: { value } }) => setAt(value)}
              />
            </div>
          </section>
          <section className={classes.section} aria-live="polite" aria-label={t('trial.answer')}>
            {trial.data ? (
              <TrialAnswer trial={trial.data} />
            ) : (
              trial.isError && (
                <RefusalState error={trial.error} onRetry={() => void trial.refetch()} />
              )
            )}
          </section>
        </div>
      </div>
    </Detail>
  );
}

function subjectOf(of: string): TrialOf {
  const [kind = '', id] = of.split(':');
  return id === undefined ? {} : { [kind]: Number(id) };
}
