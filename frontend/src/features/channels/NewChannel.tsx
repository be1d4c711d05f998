import { Button, Select, TextInput } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { refuseField, RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import { EmptyState } from '@/ui/EmptyState';
import { SaveBar } from '@/ui/SaveBar';
import { useAccount, useCreateChannel, type Channel } from './api';
import classes from './channels.module.css';

const KINDS: Channel['kind'][] = ['whatsapp_cloud', 'webchat'];

export function NewChannel() {
  const { t } = useTranslation('channels');
  const can = useCan();
  if (!can('channels.manage')) {
    return (
      <Blank>
        <EmptyState title={t('forbidden')} text={t('forbidden_who')} />
      </Blank>
    );
  }
  return <NewChannelForm />;
}

function NewChannelForm() {
  const { t } = useTranslation(['channels', 'common', 'refused']);
  const navigate = useNavigate();
  const create = useCreateChannel();
  const { data: account } = useAccount();
  const form = useForm<{ kind: Channel['kind']; name: string; department_id: string }>({
    initialValues: { kind: 'whatsapp_cloud', name: '', department_id: '' },
    validate: schemaResolver(
      z.object({
        kind: z.string(),
        name: z.string().check(z.trim(), z.minLength(1, t('refused:required'))),
        department_id: z.string().check(z.minLength(1, t('refused:required'))),
      }),
      { sync: true },
    ),
  });

  const submit = form.onSubmit(({ kind, name, department_id }) =>
    create.mutate(
      { kind, name: name.trim(), department_id: Number(department_id) },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: paths.channel, params: { channelId: String(id) }, search: {} }),
        onError: (thrown) => refuseField(form, thrown),
      },
    ),
  );

  return (
    <Detail title={t('new_title')} back={{ to: paths.channels, label: t('back') }}>
      <form className={panes.form} onSubmit={submit} aria-label={t('new_title')} noValidate>
        <div className={`${panes.scroll} scrolls`}>
          <section className={classes.section}>
            <h3>{t('new_lead')}</h3>
            <p>{t('new_text')}</p>
            <div className={classes.stack}>
              <div className={classes.kinds} role="radiogroup" aria-label={t('field.kind')}>
                {KINDS.map((kind) => (
                  <button
                    key={kind}
                    type="button"
                    role="radio"
                    aria-checked={form.values.kind === kind}
                    className={classes.kind}
                    onClick={() => form.setFieldValue('kind', kind)}
                  >
                    <ChannelMark kind={kind} size={32} />
                    <span>
                      <b>{t(`kind.${kind}`)}</b>
                      <small>{t(`kind_text.${kind}`)}</small>
                    </span>
                  </button>
                ))}
              </div>
              <TextInput
                label={t('field.name')}
                description={t('hint.name')}
                maxLength={80}
                {...form.getInputProps('name')}
              />
              <Select
                label={t('field.department')}
                description={t('hint.department')}
                allowDeselect={false}
                data={(account?.departments ?? [])
                  .filter(({ is_active }) => is_active)
                  .map(({ id, name }) => ({ value: String(id), label: name }))}
                {...form.getInputProps('department_id')}
              />
              <RefusalLine error={create.error} />
            </div>
          </section>
        </div>
        <SaveBar summary="">
          <Button type="submit" size="md" loading={create.isPending}>
            {t('create')}
          </Button>
        </SaveBar>
      </form>
    </Detail>
  );
}
