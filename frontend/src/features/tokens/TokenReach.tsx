import { MultiSelect, Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAccount, type TokenWish } from './api';

type Props = { form: UseFormReturnType<TokenWish>; isBot: boolean };

const options = (rows: { id: number; name: string }[] | undefined) =>
  (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));

/** Where a token reaches: of a chatbot one channel, else any departments and channels. The server judges. */
export function TokenReach({ form, isBot }: Props) {
  const { t } = useTranslation('tokens');
  const { data: account } = useAccount();
  const channels = options(account?.channels);
  if (isBot)
    return (
      <Select
        label={t('create.channel')}
        description={t('create.channel_bot')}
        allowDeselect={false}
        data={channels}
        value={form.getValues().channel_ids[0] ?? null}
        onChange={(next) => form.setFieldValue('channel_ids', next === null ? [] : [next])}
        error={form.errors['channel_ids']}
      />
    );
  return (
    <>
      <MultiSelect
        label={t('create.departments')}
        description={t('create.departments_hint')}
        data={options(account?.departments)}
        {...form.getInputProps('department_ids')}
      />
      <MultiSelect
        label={t('create.channels')}
        description={t('create.channels_hint')}
        data={channels}
        {...form.getInputProps('channel_ids')}
      />
    </>
  );
}
