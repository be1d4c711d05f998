import { MultiSelect, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { sayRefusal } from '@/lib/refusal';
import { accountQuery, type PolicyBody } from './api';
import { DueLine } from './DueLine';
import { SpanField } from './SpanField';

type Props = {
  values: PolicyBody;
  set: <K extends keyof PolicyBody>(name: K, value: PolicyBody[K]) => void;
  error: unknown;
};

const KINDS = ['first_answer', 'next_answer', 'resolution'] as const;
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;

export function PolicyFields({ values, set, error }: Props) {
  const { t } = useTranslation('timers');
  const { data } = useQuery(accountQuery);
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) =>
    refusal?.field === field || (field === 'name' && refusal?.slug === 'policy_name_is_taken')
      ? { error: sayRefusal(refusal) }
      : {};
  const named = (rows: { id: number; name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const byPercent = values.warn_percent !== null;

  return (
    <>
      <section className={form.section} aria-label={t('sla.whom')}>
        <h3>{t('sla.whom')}</h3>
        <div className={form.stack}>
          <TextInput
            label={t('sla.name')}
            maxLength={60}
            value={values.name}
            onChange={({ currentTarget }) => set('name', currentTarget.value)}
            {...wrong('name')}
          />
          <MultiSelect
            label={t('sla.departments')}
            placeholder={values.department_ids.length === 0 ? t('sla.all') : ''}
            searchable
            data={named(data?.departments)}
            value={values.department_ids.map(String)}
            onChange={(next) => set('department_ids', next.map(Number))}
            {...wrong('department_ids')}
          />
          <MultiSelect
            label={t('sla.channels')}
            placeholder={values.channel_ids.length === 0 ? t('sla.all') : ''}
            searchable
            data={named(data?.channels)}
            value={values.channel_ids.map(String)}
            onChange={(next) => set('channel_ids', next.map(Number))}
            {...wrong('channel_ids')}
          />
          <MultiSelect
            label={t('sla.priorities')}
            placeholder={values.priorities.length === 0 ? t('sla.all') : ''}
            data={PRIORITIES.map((value) => ({ value, label: t(`priorities.${value}`) }))}
            value={values.priorities}
            onChange={(next) =>
              set(
                'priorities',
                PRIORITIES.filter((one) => next.includes(one)),
              )
            }
          />
          <Switch
            label={t('sla.is_active')}
            description={t('sla.is_active_hint')}
            checked={values.is_active}
            onChange={({ currentTarget }) => set('is_active', currentTarget.checked)}
          />
        </div>
      </section>
      <section className={form.section} aria-label={t('sla.promises')}>
        <h3>{t('sla.promises')}</h3>
        <p>{t('sla.promises_text')}</p>
        <div className={form.stack}>
          {KINDS.map((kind) => (
            <SpanField
              key={kind}
              label={t(`kinds.${kind}`)}
              description={t(`kinds.${kind}_hint`)}
              minutes={values[`${kind}_min`]}
              onChange={(minutes) => set(`${kind}_min`, minutes)}
              {...wrong(`${kind}_min`)}
            />
          ))}
        </div>
      </section>
      <section className={form.section} aria-label={t('sla.warning')}>
        <h3>{t('sla.warning')}</h3>
        <div className={form.stack}>
          <SegmentedControl
            aria-label={t('sla.warning')}
            data={[
              { value: 'percent', label: t('sla.by_percent') },
              { value: 'minutes', label: t('sla.by_minutes') },
            ]}
            value={byPercent ? 'percent' : 'minutes'}
            onChange={(next) => {
              set('warn_percent', next === 'percent' ? 75 : null);
              set('warn_min', next === 'percent' ? null : 10);
            }}
          />
          {byPercent ? (
            <NumberInput
              label={t('sla.warn_percent')}
              min={1}
              max={99}
              suffix=" %"
              value={values.warn_percent ?? ''}
              onChange={(next) => typeof next === 'number' && set('warn_percent', next)}
              {...wrong('warn_percent')}
            />
          ) : (
            <SpanField
              label={t('sla.warn_min')}
              minutes={values.warn_min}
              onChange={(next) => next !== null && set('warn_min', next)}
              {...wrong('warn_min')}
            />
          )}
        </div>
      </section>
      <section className={form.section} aria-label={t('due.title')}>
        <h3>{t('due.title')}</h3>
        <div className={form.stack}>
          {KINDS.map((kind) => (
            <DueLine
              key={kind}
              what={t(`kinds.${kind}`)}
              minutes={values[`${kind}_min`]}
              departmentId={values.department_ids[0] ?? null}
            />
          ))}
        </div>
      </section>
    </>
  );
}
