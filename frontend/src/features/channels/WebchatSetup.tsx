import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import type { Channel } from './api';
import { ConnectionTest } from './ConnectionTest';
import { CopyField } from './CopyField';
import { FormBar } from './FormBar';
import { OwnFields } from './OwnFields';
import { contrastWithWhite } from './contrast';
import type { ChannelForm } from './useChannelForm';
import classes from './channels.module.css';

const AA = 4.5;
const PRECHAT = ['name', 'email', 'phone'] as const;

type Props = { channel: Channel; form: ChannelForm };

export function WebchatSetup({ channel, form }: Props) {
  const { t } = useTranslation('channels');
  return (
    <Detail
      title={channel.name}
      mark={<ChannelMark kind={channel.kind} size={32} />}
      sub={t('webchat.sub')}
      back={{ to: paths.channels, label: t('back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <Section name="install">
            <Install channel={channel} />
          </Section>
          <Section name="own">
            <OwnFields form={form} />
          </Section>
          <Section name="looks">
            <Looks form={form} />
          </Section>
          <Section name="prechat">
            {PRECHAT.map((field) => (
              <Select
                key={field}
                label={t(`prechat.${field}`)}
                allowDeselect={false}
                data={(['no', 'optional', 'required'] as const).map((value) => ({
                  value,
                  label: t(`prechat.${value}`),
                }))}
                {...form.input(`prechat_${field}`)}
              />
            ))}
          </Section>
          <Section name="safety">
            <Textarea
              label={t('field.origins')}
              description={t('hint.origins')}
              placeholder="https://loja.com.br"
              autosize
              minRows={2}
              maxRows={8}
              {...form.input('origins')}
            />
            <IdentityKey channel={channel} form={form} />
            <Switch
              label={t('field.is_active')}
              description={t('hint.is_active')}
              {...form.check('is_active')}
            />
            <ConnectionTest channel={channel} unsaved={form.changes > 0} />
          </Section>
        </div>
        <FormBar form={form} />
      </div>
    </Detail>
  );
}

function Section(props: {
  name: 'install' | 'own' | 'looks' | 'prechat' | 'safety';
  children: React.ReactNode;
}) {
  const { t } = useTranslation('channels');
  const id = `section-${props.name}`;
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h3 id={id}>{t(`section.${props.name}`)}</h3>
      <p>{t(`section_text.${props.name}`)}</p>
      <div className={classes.stack}>{props.children}</div>
    </section>
  );
}

function Install({ channel }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const snippet = `<script async src="${window.location.origin}/widget.js" data-channel="${channel.public_key}"></script>`;
  return <CopyField block label={t('field.snippet')} value={snippet} hint={t('hint.snippet')} />;
}

function Looks({ form }: { form: ChannelForm }) {
  const { t } = useTranslation('channels');
  const { color } = form.values;
  const ratio = contrastWithWhite(color);
  const pale = ratio !== undefined && ratio < AA;
  const colour = form.input('color');
  return (
    <>
      <div className={classes.colour}>
        <TextInput
          label={t('field.color')}
          description={t('hint.color')}
          maxLength={7}
          {...colour}
          error={
            (colour.error as string | undefined) ??
            (ratio === undefined ? t('color.invalid') : pale ? t('color.pale') : undefined)
          }
        />
        <span
          style={{ background: ratio === undefined ? 'transparent' : color }}
          aria-hidden="true"
        >
          Aa
        </span>
      </div>
      <TextInput
        label={t('field.greeting')}
        description={t('hint.greeting')}
        maxLength={300}
        {...form.input('greeting')}
      />
      <Select
        label={t('field.locale')}
        allowDeselect={false}
        data={[
          { value: 'pt-BR', label: 'Português' },
          { value: 'en', label: 'English' },
        ]}
        {...form.input('locale')}
      />
    </>
  );
}

const KEY_BYTES = 32;

/** Made here, shown once, kept sealed on the server: signs who a visitor of the host page is. */
function IdentityKey({ channel, form }: Props) {
  const { t } = useTranslation('channels');
  const may = useCan()('channels.secrets');
  const kept = channel.secrets_set.includes('identity_key');
  const fresh = form.values.identity_key;
  const make = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    form.set('identity_key', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  };
  if (fresh) {
    return (
      <CopyField label={t('field.identity_key')} value={fresh} hint={t('hint.identity_key_new')} />
    );
  }
  return (
    <div className={classes.copy}>
      <span>{t('field.identity_key')}</span>
      <Button variant="default" onClick={make} disabled={!may}>
        {kept ? t('identity_key.again') : t('identity_key.make')}
      </Button>
      <small>
        {t(!may ? 'hint.secrets_closed' : kept ? 'hint.identity_key_kept' : 'hint.identity_key')}
      </small>
    </div>
  );
}
