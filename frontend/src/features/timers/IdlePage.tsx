import { Select } from '@mantine/core';
import IconInfo from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { TextField } from '@/lib/panes/TextField';
import { accountQuery, useSaveIdle, type IdleRule } from './api';
import { RulesPage, type FieldsProps } from './RulesPage';
import { SpanField } from './SpanField';

const BLANK: IdleRule = {
  department_id: null,
  is_on: false,
  close_after_min: 72 * 60,
  warn_before_min: 4 * 60,
  warn_text: '',
  reason_id: null,
  message: '',
};

const WINDOW_MIN = 24 * 60; // WhatsApp takes free text for so long after the customer's last word

export function IdlePage() {
  return (
    <RulesPage
      kind="idle"
      blank={BLANK}
      read={({ idle }) => idle}
      save={useSaveIdle()}
      fields={(props) => <IdleFields key={props.rule.department_id} {...props} />}
    />
  );
}

function IdleFields({ rule, set, fixed, wrong }: FieldsProps<IdleRule>) {
  const { t } = useTranslation('timers');
  const { data } = useQuery(accountQuery);
  return (
    <>
      <SpanField
        label={t('idle.after')}
        description={t('idle.after_hint')}
        disabled={fixed}
        minutes={rule.close_after_min}
        onChange={(close_after_min) => close_after_min !== null && set({ close_after_min })}
        {...wrong('close_after_min')}
      />
      <SpanField
        label={t('idle.warn')}
        description={t('idle.warn_hint')}
        least={0}
        disabled={fixed}
        minutes={rule.warn_before_min}
        onChange={(warn_before_min) => set({ warn_before_min: warn_before_min ?? 0 })}
        {...wrong('warn_before_min')}
      />
      {rule.warn_before_min > 0 && (
        <TextField
          label={t('idle.warn_text')}
          description={t('idle.warn_text_hint')}
          disabled={fixed}
          value={rule.warn_text}
          onChange={(warn_text) => set({ warn_text })}
          {...wrong('warn_text')}
        />
      )}
      {rule.close_after_min - rule.warn_before_min >= WINDOW_MIN && (
        <p className={form.notice} role="note">
          <IconInfo size={18} stroke={1.75} aria-hidden="true" />
          <span>{t('idle.window')}</span>
        </p>
      )}
      <Select
        label={t('idle.reason')}
        placeholder={t('idle.no_reason')}
        clearable
        searchable
        disabled={fixed}
        data={(data?.close_reasons ?? []).map(({ id, name }) => ({
          value: String(id),
          label: name,
        }))}
        value={rule.reason_id === null ? null : String(rule.reason_id)}
        onChange={(next) => set({ reason_id: next ? Number(next) : null })}
        {...wrong('reason_id')}
      />
      <TextField
        label={t('idle.message')}
        description={t('idle.message_hint')}
        disabled={fixed}
        value={rule.message}
        onChange={(message) => set({ message })}
        {...wrong('message')}
      />
    </>
  );
}
