import { Checkbox, MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useAccount, type GroupBody } from './api';
import { FactorField } from './FactorField';
import { MASKS } from './masks';
import { PermissionSwitches } from './PermissionSwitches';
import classes from './team.module.css';

const SCOPES = ['own', 'department', 'branch', 'account'] as const;

type Props = {
  values: GroupBody;
  set: <K extends keyof GroupBody>(name: K, value: GroupBody[K]) => void;
  error: unknown;
};

export function GroupFields({ values, set, error }: Props) {
  const { t } = useTranslation('team');
  const { data: account } = useAccount();
  const refusal = error ? asRefusal(error) : undefined;
  const wrong = (field: string) =>
    refusal?.field === field || (field === 'name' && refusal?.slug === 'group_name_is_taken')
      ? { error: sayRefusal(refusal) }
      : {};

  return (
    <>
      <section className={classes.section} aria-label={t('group.who')}>
        <h3>{t('group.who')}</h3>
        <div className={classes.stack}>
          <TextInput
            label={t('group.name')}
            maxLength={60}
            value={values.name}
            onChange={({ currentTarget: { value } }) => set('name', value)}
            {...wrong('name')}
          />
          <Textarea
            label={t('group.description')}
            maxLength={300}
            autosize
            value={values.description}
            onChange={({ currentTarget: { value } }) => set('description', value)}
          />
        </div>
      </section>
      <section className={classes.section} aria-label={t('group.sees')}>
        <h3>{t('group.sees')}</h3>
        <div className={classes.stack}>
          <Select
            label={t('group.scope')}
            description={t(`scope_text.${values.scope}`)}
            allowDeselect={false}
            data={SCOPES.map((scope) => ({ value: scope, label: t(`scope.${scope}`) }))}
            value={values.scope}
            onChange={(next) => {
              const known = SCOPES.find((scope) => scope === next);
              if (known) set('scope', known);
            }}
            {...wrong('scope')}
          />
          <MultiSelect
            label={t('group.channels')}
            description={t('group.channels_hint')}
            placeholder={values.channel_ids === null ? t('member.every_channel') : undefined}
            data={(account?.channels ?? []).map(({ id, name }) => ({
              value: String(id),
              label: name,
            }))}
            value={(values.channel_ids ?? []).map(String)}
            onChange={(next) => set('channel_ids', next.length > 0 ? next.map(Number) : null)}
            {...wrong('channel_ids')}
          />
          <Checkbox.Group
            label={t('group.masks')}
            description={t('group.masks_hint')}
            value={MASKS.filter(({ bit }) => (values.masks & bit) !== 0).map(({ word }) => word)}
            onChange={(words) =>
              set(
                'masks',
                MASKS.filter(({ word }) => words.includes(word)).reduce(
                  (sum, { bit }) => sum + bit,
                  0,
                ),
              )
            }
            {...wrong('masks')}
          >
            <div className={classes.checks}>
              {MASKS.map(({ word }) => (
                <Checkbox key={word} value={word} label={t(`mask.${word}`)} />
              ))}
            </div>
          </Checkbox.Group>
        </div>
      </section>
      <FactorField
        value={values.factor_from}
        error={wrong('factor_from').error}
        onChange={(next) => set('factor_from', next)}
      />
      <PermissionSwitches
        held={values.permissions}
        error={wrong('permissions').error}
        onChange={(next) => set('permissions', next)}
      />
    </>
  );
}
