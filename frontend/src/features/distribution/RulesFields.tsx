import { NumberInput, Radio, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import type { useDraft } from '@/lib/panes/useDraft';
import { sayRefusal } from '@/lib/refusal';
import { MODES, type Rules } from './api';

export type FieldsProps = {
  values: Rules;
  set: ReturnType<typeof useDraft<Rules>>['set'];
  error: unknown;
};

const USUAL_DAYS = 7; // what is offered when somebody switches it on

/** The refusal of one field, as its error. */
export function wrongOf(error: unknown) {
  const refusal = error ? asRefusal(error) : undefined;
  return (field: string) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {});
}

/** To whom a department gives, and how much of it one person holds. */
export function RulesFields({ values, set, error }: FieldsProps) {
  const { t } = useTranslation('distribution');
  const wrong = wrongOf(error);
  const returns = values.returns_days > 0;
  return (
    <section className={form.section} aria-label={t('rules')}>
      <h3>{t('rules')}</h3>
      <p>{t('rules_text')}</p>
      <div className={form.stack}>
        <Radio.Group
          aria-label={t('rules')}
          value={values.mode}
          onChange={(next) => set('mode', MODES.find((one) => one === next) ?? values.mode)}
        >
          <div className={form.stack}>
            {MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`mode.${mode}`)}
                description={t(`mode_text.${mode}`)}
              />
            ))}
          </div>
        </Radio.Group>
        <Switch
          label={t('returns')}
          description={t('returns_text')}
          checked={returns}
          onChange={({ currentTarget: { checked } }) =>
            set('returns_days', checked ? USUAL_DAYS : 0)
          }
        />
        {returns && (
          <NumberInput
            className={form.nested ?? ''}
            label={t('returns_days')}
            min={1}
            max={365}
            allowDecimal={false}
            value={values.returns_days}
            onChange={(next) => typeof next === 'number' && next > 0 && set('returns_days', next)}
            {...wrong('returns_days')}
          />
        )}
        <NumberInput
          label={t('agent_limit')}
          description={t('agent_limit_text')}
          placeholder={t('no_limit')}
          min={1}
          max={999}
          allowDecimal={false}
          value={values.agent_limit ?? ''}
          onChange={(next) => set('agent_limit', typeof next === 'number' ? next : null)}
          {...wrong('agent_limit')}
        />
      </div>
    </section>
  );
}
