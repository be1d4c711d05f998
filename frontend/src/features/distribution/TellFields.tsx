import { NumberInput, Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { useFormat } from '@/lib/session';
import { wrongOf, type FieldsProps } from './RulesFields';

const BRACES = { open: '{{', close: '}}' };

/** What customers in the queue are told of their place, and what it would say now. */
export function TellFields({
  values,
  set,
  error,
  placeMs,
}: FieldsProps & { placeMs: number | null }) {
  const { t } = useTranslation('distribution');
  const format = useFormat();
  const wrong = wrongOf(error);
  return (
    <section className={form.section} aria-label={t('tell')}>
      <h3>{t('tell')}</h3>
      <p>
        {placeMs === null
          ? t('wait_unknown')
          : t('wait_now', { time: format.duration(Math.ceil(placeMs / 1000)) })}
      </p>
      <div className={form.stack}>
        <Switch
          label={t('tells')}
          checked={values.tells}
          onChange={({ currentTarget: { checked } }) => {
            set('tells', checked);
            if (checked && values.tell_text === '') set('tell_text', t('tell_default', BRACES));
          }}
        />
        {values.tells && (
          <>
            <Textarea
              label={t('tell_text')}
              description={t('tell_text_hint', BRACES)}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={1000}
              value={values.tell_text}
              onChange={({ currentTarget: { value } }) => set('tell_text', value)}
              {...wrong('tell_text')}
            />
            <NumberInput
              label={t('tell_again')}
              description={t('tell_again_text')}
              min={0}
              max={240}
              allowDecimal={false}
              value={values.tell_again_min}
              onChange={(next) => typeof next === 'number' && set('tell_again_min', next)}
              {...wrong('tell_again_min')}
            />
          </>
        )}
      </div>
    </section>
  );
}
