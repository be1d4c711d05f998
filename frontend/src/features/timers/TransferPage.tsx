import { SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '@/lib/panes/TextField';
import { accountQuery, useSaveTransfer, type TransferRule } from './api';
import { DueLine } from './DueLine';
import { RulesPage, type FieldsProps } from './RulesPage';
import { SpanField } from './SpanField';

const BLANK: TransferRule = {
  department_id: null,
  is_on: false,
  wait_min: 15,
  to_department_id: null,
  to_member_id: null,
  message: '',
};

export function TransferPage() {
  return (
    <RulesPage
      kind="transfer"
      blank={BLANK}
      read={({ transfer }) => transfer}
      save={useSaveTransfer()}
      fields={(props) => <TransferFields key={props.rule.department_id} {...props} />}
    />
  );
}

/** To one agent or to one department, never both: choosing the one lets go of the other. */
function TransferFields({ rule, set, fixed, wrong }: FieldsProps<TransferRule>) {
  const { t } = useTranslation('timers');
  const { data } = useQuery(accountQuery);
  const [target, setTarget] = useState(rule.to_member_id === null ? 'department' : 'member');
  const toDepartment = target === 'department';
  const options = toDepartment
    ? (data?.departments ?? []).map(({ id, name }) => ({ value: String(id), label: name }))
    : (data?.members ?? [])
        .filter(({ is_agent }) => is_agent)
        .map(({ id, display_name }) => ({ value: String(id), label: display_name }));
  const chosen = toDepartment ? rule.to_department_id : rule.to_member_id;

  return (
    <>
      <SpanField
        label={t('transfer.wait')}
        description={t('transfer.wait_hint')}
        disabled={fixed}
        minutes={rule.wait_min}
        onChange={(wait_min) => wait_min !== null && set({ wait_min })}
        {...wrong('wait_min')}
      />
      <SegmentedControl
        aria-label={t('transfer.target')}
        disabled={fixed}
        data={[
          { value: 'department', label: t('transfer.to_department') },
          { value: 'member', label: t('transfer.to_member') },
        ]}
        value={target}
        onChange={(next) => {
          setTarget(next);
          set({ to_department_id: null, to_member_id: null });
        }}
      />
      <Select
        label={t(toDepartment ? 'transfer.department' : 'transfer.member')}
        placeholder={t('transfer.choose')}
        searchable
        disabled={fixed}
        data={options}
        value={chosen === null ? null : String(chosen)}
        onChange={(next) =>
          set({ [toDepartment ? 'to_department_id' : 'to_member_id']: next ? Number(next) : null })
        }
        {...wrong('to_department_id')}
      />
      <TextField
        label={t('transfer.message')}
        description={t('transfer.message_hint')}
        disabled={fixed}
        value={rule.message}
        onChange={(message) => set({ message })}
        {...wrong('message')}
      />
      <DueLine
        what={t('transfer.example')}
        minutes={rule.wait_min}
        departmentId={rule.department_id}
      />
    </>
  );
}
