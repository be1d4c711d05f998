import { NumberInput, Select, Skeleton, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { RefusalState, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { securityQuery, useSaveSecurity, type Security } from './api';
import { FormFoot } from '@/lib/panes/FormFoot';
import { useDraft } from '@/lib/panes/useDraft';
import classes from './team.module.css';

const IDLE_S = [300, 900, 1800, 3600, 7200, 14400, 28800, 43200];
const ABSOLUTE_S = [3600, 14400, 28800, 43200, 86400];

export function SecurityPage() {
  const { t } = useTranslation('team');
  const security = useQuery(securityQuery);
  usePageMark(t('security.title'), 0);
  return (
    <Detail title={t('security.title')} sub={t('security.lead')}>
      {security.isError && !security.data ? (
        <RefusalState error={security.error} onRetry={() => void security.refetch()} />
      ) : !security.data ? (
        <div className={panes.scroll}>
          <Skeleton height={160} />
        </div>
      ) : (
        <SecurityForm saved={security.data} />
      )}
    </Detail>
  );
}

function SecurityForm({ saved }: { saved: Security }) {
  const { t } = useTranslation('team');
  const can = useCan();
  const save = useSaveSecurity();
  const draft = useDraft(saved);
  const { values, set } = draft;
  const fixed = !can('security.manage');
  const refusal = save.error ? asRefusal(save.error) : undefined;
  const wrong = (field: keyof Security) =>
    refusal?.field === field ? { error: sayRefusal(refusal) } : {};
  const times = (choices: number[], now: number) =>
    [...new Set([...choices, now])]
      .sort((a, b) => a - b)
      .map((s) => ({
        value: String(s),
        label:
          s < 3600
            ? t('security.minutes', { count: Math.round(s / 60) })
            : t('security.hours', { count: Math.round(s / 3600) }),
      }));

  return (
    <div className={panes.form}>
      <div className={`${panes.scroll} scrolls`}>
        <section className={classes.section} aria-label={t('security.passwords')}>
          <h3>{t('security.passwords')}</h3>
          <p>{t('security.passwords_text')}</p>
          <NumberInput
            label={t('security.password_min')}
            min={8}
            max={64}
            allowDecimal={false}
            disabled={fixed}
            value={values.password_min}
            onChange={(next) => typeof next === 'number' && set('password_min', next)}
            {...wrong('password_min')}
          />
        </section>
        <section className={classes.section} aria-label={t('security.sessions')}>
          <h3>{t('security.sessions')}</h3>
          <div className={classes.stack}>
            <Select
              label={t('security.idle')}
              allowDeselect={false}
              disabled={fixed}
              data={times(IDLE_S, saved.session_idle_s)}
              value={String(values.session_idle_s)}
              onChange={(next) => next && set('session_idle_s', Number(next))}
              {...wrong('session_idle_s')}
            />
            <Select
              label={t('security.absolute')}
              allowDeselect={false}
              disabled={fixed}
              data={times(ABSOLUTE_S, saved.session_absolute_s)}
              value={String(values.session_absolute_s)}
              onChange={(next) => next && set('session_absolute_s', Number(next))}
              {...wrong('session_absolute_s')}
            />
            <Switch
              label={t('security.several')}
              description={t('security.several_text')}
              disabled={fixed}
              checked={values.allows_several_sessions}
              onChange={({ currentTarget: { checked } }) => set('allows_several_sessions', checked)}
            />
            <NumberInput
              label={t('security.trusted')}
              description={t('security.trusted_text')}
              min={0}
              max={90}
              allowDecimal={false}
              disabled={fixed}
              value={values.trusted_device_days}
              onChange={(next) => typeof next === 'number' && set('trusted_device_days', next)}
              {...wrong('trusted_device_days')}
            />
          </div>
        </section>
      </div>
      {!fixed && (
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(draft.change, {
              onSuccess: () => {
                draft.discard();
                toast({ message: t('saved') });
              },
            })
          }
          onDiscard={() => {
            draft.discard();
            save.reset();
          }}
        />
      )}
    </div>
  );
}
