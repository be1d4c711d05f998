import { Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccount } from './api';
import type { ChannelForm } from './useChannelForm';

/** What every kind of channel has: a name for the team, a department, a first answer. */
export function OwnFields({ form }: { form: ChannelForm }) {
  const { t } = useTranslation('channels');
  const { data: account } = useAccount();
  return (
    <>
      <TextInput
        label={t('field.name')}
        description={t('hint.name')}
        maxLength={80}
        {...form.input('name')}
      />
      <Select
        label={t('field.department')}
        description={t('hint.department')}
        allowDeselect={false}
        data={(account?.departments ?? []).map(({ id, name, is_active }) => ({
          value: String(id),
          label: name,
          disabled: !is_active,
        }))}
        {...form.input('department_id')}
      />
      <Textarea
        label={t('field.welcome_text')}
        description={t('hint.welcome_text')}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={1000}
        {...form.input('welcome_text')}
      />
    </>
  );
}
