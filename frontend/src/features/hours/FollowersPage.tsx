import { Select, Skeleton, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { hoursQuery, useAccount, useFollow, type Following, type Hours } from './api';
import classes from './hours.module.css';

export function FollowersPage() {
  const { t } = useTranslation('hours');
  const hours = useQuery(hoursQuery);
  return (
    <Detail
      title={t('followers.title')}
      sub={t('followers.lead')}
      back={{ to: paths.hours, label: t('periods.back') }}
    >
      <div className={panes.form}>
        {hours.data ? (
          <FollowersForm hours={hours.data} />
        ) : hours.isError ? (
          <RefusalState error={hours.error} onRetry={() => void hours.refetch()} />
        ) : (
          <div className={panes.scroll}>
            <Skeleton height={160} />
          </div>
        )}
      </div>
    </Detail>
  );
}

function FollowersForm({ hours }: { hours: Hours }) {
  const { t } = useTranslation('hours');
  const fixed = !useCan()('hours.manage');
  const account = useAccount();
  const follow = useFollow();
  const { values, set, discard, changes } = useDraft<Following>({
    account: { period_id: hours.period_id, away_text: hours.away_text },
    departments: hours.departments,
    channels: hours.channels,
  });
  const choose = (none: string) => (period_id: number | null) => ({
    allowDeselect: false,
    disabled: fixed,
    data: [
      { value: '', label: none },
      ...hours.periods.map(({ id, name }) => ({ value: String(id), label: name })),
    ],
    value: period_id === null ? '' : String(period_id),
  });
  const ofAccount = choose(t('followers.always'));
  const ofOthers = choose(t('followers.inherits'));
  const chosen = (value: string | null) => (value ? Number(value) : null);
  const nameOf = (list: { id: number; name: string }[] | undefined, id: number) =>
    list?.find((one) => one.id === id)?.name ?? '';
  const setOne = (list: 'departments' | 'channels', at: number, change: object) =>
    set(
      list,
      values[list].map((one, place) => (place === at ? { ...one, ...change } : one)) as never,
    );

  return (
    <>
      <div className={`${panes.scroll} scrolls`}>
        <section className={classes.section} aria-label={t('followers.account')}>
          <h3>{t('followers.account')}</h3>
          <p>{t('followers.account_hint')}</p>
          <div className={classes.stack}>
            <Select
              label={t('followers.period')}
              {...ofAccount(values.account.period_id)}
              onChange={(next) => set('account', { ...values.account, period_id: chosen(next) })}
            />
            <Textarea
              label={t('followers.away')}
              description={t('followers.away_hint', { open: '{{', close: '}}' })}
              autosize
              minRows={2}
              maxRows={6}
              maxLength={1000}
              disabled={fixed}
              value={values.account.away_text}
              onChange={({ currentTarget: { value } }) =>
                set('account', { ...values.account, away_text: value })
              }
            />
          </div>
        </section>
        <section className={classes.section} aria-label={t('followers.departments')}>
          <h3>{t('followers.departments')}</h3>
          <p>{t('followers.departments_hint')}</p>
          <div className={classes.stack}>
            {values.departments.map(({ id, period_id }, at) => (
              <Select
                key={id}
                label={nameOf(account.data?.departments, id)}
                {...ofOthers(period_id)}
                onChange={(next) => setOne('departments', at, { period_id: chosen(next) })}
              />
            ))}
          </div>
        </section>
        <section className={classes.section} aria-label={t('followers.channels')}>
          <h3>{t('followers.channels')}</h3>
          <p>{t('followers.channels_hint')}</p>
          <div className={classes.stack}>
            {values.channels.map(({ id, period_id, away_text }, at) => (
              <div key={id} className={classes.pair}>
                <Select
                  label={nameOf(account.data?.channels, id)}
                  {...ofOthers(period_id)}
                  onChange={(next) => setOne('channels', at, { period_id: chosen(next) })}
                />
                <Textarea
                  label={t('followers.away')}
                  autosize
                  minRows={1}
                  maxRows={6}
                  maxLength={1000}
                  disabled={fixed}
                  value={away_text}
                  onChange={({ currentTarget: { value } }) =>
                    setOne('channels', at, { away_text: value })
                  }
                />
              </div>
            ))}
          </div>
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={changes}
          saving={follow.isPending}
          error={follow.error}
          onSave={() =>
            follow.mutate(values, {
              onSuccess: () => {
                discard();
                toast({ message: t('saved') });
              },
            })
          }
          onDiscard={() => {
            discard();
            follow.reset();
          }}
        />
      )}
    </>
  );
}
