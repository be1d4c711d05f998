import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { BUNDLES, useCreateToken, type Bundle, type TokenWish } from './api';
import { TokenReach } from './TokenReach';
import { TokenSecret } from './TokenSecret';
import classes from './tokens.module.css';

type Props = { open: boolean; onClose: () => void };

export function TokenDialog({ open, onClose }: Props) {
  const { t } = useTranslation('tokens');
  return (
    <Dialog open={open} title={t('create.title')} onClose={onClose}>
      <TokenForm onClose={onClose} />
    </Dialog>
  );
}

/** An empty choice is every one. */
const idsOf = (chosen: string[]) => (chosen.length === 0 ? null : chosen.map(Number));

function TokenForm({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation(['tokens', 'common', 'refused']);
  const create = useCreateToken();
  const form = useForm<TokenWish>({
    initialValues: {
      name: '',
      kind: 'service',
      bundle: 'reading',
      department_ids: [],
      channel_ids: [],
      networks: '',
      never_expires: false,
    },
    validate: schemaResolver(
      z.object({ name: z.string().check(z.trim(), z.minLength(1, t('refused:required'))) }),
      { sync: true },
    ),
  });
  const { kind, bundle, channel_ids } = form.getValues();
  const isBot = kind === 'chatbot';

  const submit = form.onSubmit((wish) =>
    create.mutate(
      {
        kind: wish.kind,
        name: wish.name.trim(),
        permissions: [...BUNDLES[isBot ? 'chatbot' : wish.bundle]],
        department_ids: isBot ? null : idsOf(wish.department_ids),
        channel_ids: idsOf(wish.channel_ids),
        networks: wish.networks.split(/\s+/).filter((line) => line !== ''),
        never_expires: wish.never_expires,
      },
      { onError: (thrown) => refuseField(form, thrown) },
    ),
  );

  if (create.data) return <TokenSecret secret={create.data.secret} onClose={onClose} />;
  return (
    <form onSubmit={submit} aria-label={t('create.title')} noValidate>
      <div className={classes.stack}>
        <TextInput
          label={t('create.name')}
          description={t('create.name_hint')}
          maxLength={80}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={t('create.kind')}
          description={t(`kind_text.${kind}`)}
          allowDeselect={false}
          data={(['service', 'personal', 'chatbot'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
          {...form.getInputProps('kind')}
        />
        {!isBot && (
          <Select
            label={t('create.bundle')}
            description={t(`bundle_text.${bundle}`)}
            allowDeselect={false}
            data={(Object.keys(BUNDLES) as Bundle[]).map((value) => ({
              value,
              label: t(`bundle.${value}`),
            }))}
            {...form.getInputProps('bundle')}
          />
        )}
        <TokenReach form={form} isBot={isBot} />
        <Textarea
          label={t('create.networks')}
          description={t('create.networks_hint')}
          autosize
          {...form.getInputProps('networks')}
        />
        <Checkbox
          label={t('create.never_expires')}
          description={t('create.expiry_hint')}
          {...form.getInputProps('never_expires', { type: 'checkbox' })}
        />
        <RefusalLine error={create.error} />
      </div>
      <div className={classes.dialogActs}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          type="submit"
          loading={create.isPending}
          disabled={isBot && channel_ids.length !== 1}
        >
          {t('create.act')}
        </Button>
      </div>
    </form>
  );
}
