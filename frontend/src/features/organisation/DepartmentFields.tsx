import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { TextField } from '@/lib/panes/TextField';
import { sayRefusal } from '@/lib/refusal';
import { companiesQuery, type DepartmentBody } from './api';
import { ColorField } from './ColorField';

type Props = {
  values: DepartmentBody;
  set: <K extends keyof DepartmentBody>(name: K, value: DepartmentBody[K]) => void;
  error: unknown;
  fixed: boolean;
};

/** What is in the way of closing it says so at the switch that was turned. */
const IN_THE_WAY = ['department_has_tickets', 'department_has_channels'];

export function DepartmentFields({ values, set, error, fixed }: Props) {
  const { t } = useTranslation('organisation');
  const { data: companies } = useQuery(companiesQuery);
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) =>
    refusal?.field === field || (field === 'name' && refusal?.slug === 'department_name_is_taken')
      ? { error: sayRefusal(refusal) }
      : {};
  const inTheWay = (isOff: boolean) => {
    if (!refusal || !isOff || !IN_THE_WAY.includes(refusal.slug)) return {};
    const { tickets } = refusal.problem;
    return {
      error: tickets ? t('department.has_tickets', { count: tickets }) : sayRefusal(refusal),
    };
  };

  return (
    <>
      <section className={form.section} aria-label={t('department.what')}>
        <h3>{t('department.what')}</h3>
        <div className={form.stack}>
          <TextInput
            label={t('department.name')}
            maxLength={60}
            disabled={fixed}
            value={values.name}
            onChange={({ currentTarget }) => set('name', currentTarget.value)}
            {...wrong('name')}
          />
          <Textarea
            label={t('department.description')}
            maxLength={300}
            autosize
            disabled={fixed}
            value={values.description}
            onChange={({ currentTarget }) => set('description', currentTarget.value)}
            {...wrong('description')}
          />
          <ColorField
            value={values.color}
            disabled={fixed}
            onChange={(next) => set('color', next)}
          />
          <Select
            label={t('department.company')}
            allowDeselect={false}
            disabled={fixed}
            data={(companies?.data ?? []).map(({ id, name }) => ({
              value: String(id),
              label: name,
            }))}
            value={String(values.company_id)}
            onChange={(next) => next && set('company_id', Number(next))}
            {...wrong('company_id')}
          />
        </div>
      </section>
      <section className={form.section} aria-label={t('department.works')}>
        <h3>{t('department.works')}</h3>
        <div className={form.stack}>
          <Switch
            label={t('department.is_active')}
            description={t('department.is_active_hint')}
            disabled={fixed}
            checked={values.is_active}
            onChange={({ currentTarget }) => set('is_active', currentTarget.checked)}
            {...inTheWay(!values.is_active)}
          />
          <Switch
            label={t('department.serves')}
            description={t('department.serves_hint')}
            disabled={fixed}
            checked={values.serves}
            onChange={({ currentTarget }) => set('serves', currentTarget.checked)}
            {...inTheWay(values.is_active && !values.serves)}
          />
          <Switch
            label={t('department.is_confidential')}
            description={t('department.is_confidential_hint')}
            disabled={fixed}
            checked={values.is_confidential}
            onChange={({ currentTarget }) => set('is_confidential', currentTarget.checked)}
          />
          <Switch
            label={t('department.notifies_transfer')}
            description={t('department.notifies_transfer_hint')}
            disabled={fixed}
            checked={values.notifies_transfer}
            onChange={({ currentTarget }) => set('notifies_transfer', currentTarget.checked)}
          />
        </div>
      </section>
      <section className={form.section} aria-label={t('department.says')}>
        <h3>{t('department.says')}</h3>
        <div className={form.stack}>
          <TextField
            label={t('department.welcome_text')}
            description={t('department.welcome_text_hint')}
            disabled={fixed}
            value={values.welcome_text}
            onChange={(next) => set('welcome_text', next)}
            {...wrong('welcome_text')}
          />
          <TextField
            label={t('department.away_text')}
            description={t('department.away_text_hint')}
            disabled={fixed}
            value={values.away_text}
            onChange={(next) => set('away_text', next)}
            {...wrong('away_text')}
          />
        </div>
      </section>
    </>
  );
}
