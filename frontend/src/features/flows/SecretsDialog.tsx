import { Button, PasswordInput, TextInput } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayPass } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { secretsQuery, useAddSecret, useRemoveSecret, useReplaceSecret } from './effects';
import classes from './flows.module.css';

const NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** What calls of flows are let in by: named, replaced, forgotten; a value is never shown again. */
export function SecretsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const format = useFormat();
  const secrets = useQuery({ ...secretsQuery, enabled: open });
  const remove = useRemoveSecret();
  const list = secrets.data?.data;
  return (
    <Dialog open={open} title={t('secrets.title')} width={520} onClose={onClose}>
      <p>{t('secrets.lead')}</p>
      {secrets.isError && (
        <RefusalState error={secrets.error} onRetry={() => void secrets.refetch()} />
      )}
      {list?.length === 0 && (
        <EmptyState tile={false} title={t('secrets.none')} text={t('secrets.none_text')} />
      )}
      <ul className={`${classes.starts} ${classes.secrets}`} aria-label={t('secrets.title')}>
        {list?.map(({ name, set_at }) => (
          <li key={name}>
            <span>
              <code>{`{{secret.${name}}}`}</code>{' '}
              <small className="num" title={format.exact(set_at)}>
                {t('secrets.since', { when: format.timed(set_at) })}
              </small>
            </span>
            <IconButton
              size={32}
              label={t('secrets.remove', { name })}
              onClick={() => remove.mutate(name)}
            >
              <IconTrash size={16} stroke={1.75} />
            </IconButton>
          </li>
        ))}
      </ul>
      <RefusalLine error={remove.error} />
      {(!secrets.error || mayPass(secrets.error)) && (
        <SetSecret names={list?.map(({ name }) => name) ?? []} />
      )}
    </Dialog>
  );
}

function SetSecret({ names }: { names: string[] }) {
  const { t } = useTranslation('flows');
  const add = useAddSecret();
  const replace = useReplaceSecret();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const isKnown = names.includes(name);
  const set = isKnown ? replace : add;
  return (
    <form
      className={classes.newSecret}
      aria-label={t('secrets.new')}
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(
          { name, value },
          {
            onSuccess: () => {
              setName('');
              setValue('');
            },
          },
        );
      }}
    >
      <TextInput
        label={t('secrets.name')}
        description={t('secrets.name_hint')}
        autoComplete="off"
        maxLength={40}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PasswordInput
        label={t('secrets.value')}
        description={t('secrets.value_hint')}
        autoComplete="new-password"
        maxLength={4000}
        value={value}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
      />
      <RefusalLine error={set.error} />
      <div className={form.acts}>
        <Button type="submit" loading={set.isPending} disabled={!NAME.test(name) || value === ''}>
          {t(isKnown ? 'secrets.replace' : 'secrets.add')}
        </Button>
      </div>
    </form>
  );
}
