import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { copyText } from '@/lib/copy';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { BUNDLES, useChannels, useCreateToken, type Bundle, type TokenKind } from './api';
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

function TokenForm({ onClose }: Pick<Props, 'onClose'>) {
  const { t } = useTranslation(['tokens', 'common', 'refused']);
  const create = useCreateToken();
  const channels = useChannels();
  const form = useForm({
    initialValues: {
      name: '',
      kind: 'service' as TokenKind,
      bundle: 'reading' as Bundle,
      channel: '',
      networks: '',
      never_expires: false,
    },
    validate: schemaResolver(
      z.object({ name: z.string().check(z.trim(), z.minLength(1, t('refused:required'))) }),
      { sync: true },
    ),
  });
  const { kind, bundle, channel } = form.getValues();
  const isBot = kind === 'chatbot';

  const submit = form.onSubmit((wish) =>
    create.mutate(
      {
        kind: wish.kind,
        name: wish.name.trim(),
        permissions: [...BUNDLES[isBot ? 'chatbot' : wish.bundle]],
        channel_ids: channel === '' ? null : [Number(channel)],
        networks: wish.networks.split(/\s+/).filter((line) => line !== ''),
        never_expires: wish.never_expires,
      },
      { onError: (thrown) => refuseField(form, thrown) },
    ),
  );

  if (create.data) return <Secret secret={create.data.secret} onClose={onClose} />;
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
        <Select
          label={t('create.channel')}
          description={t(isBot ? 'create.channel_bot' : 'create.channel_hint')}
          clearable={!isBot}
          data={(channels.data?.data ?? []).map(({ id, name }) => ({
            value: String(id),
            label: name,
          }))}
          value={channel === '' ? null : channel}
          onChange={(next) => form.setFieldValue('channel', next ?? '')}
        />
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
        <Button type="submit" loading={create.isPending} disabled={isBot && channel === ''}>
          {t('create.act')}
        </Button>
      </div>
    </form>
  );
}

/** Shown once: whoever closes this without copying makes another one. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation(['tokens', 'common']);
  const copy = async () => {
    toast({ message: (await copyText(secret)) ? t('common:copied') : t('common:copy_failed') });
  };
  return (
    <div className={classes.stack}>
      <p>{t('create.once')}</p>
      <code className={classes.secret} role="note" aria-label={t('create.secret')}>
        {secret}
      </code>
      <div className={classes.dialogActs}>
        <Button variant="default" onClick={() => void copy()}>
          {t('common:copy')}
        </Button>
        <Button onClick={onClose}>{t('create.done')}</Button>
      </div>
    </div>
  );
}
