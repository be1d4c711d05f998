import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { useAccount, useAddType, useEditType, type TicketType } from './api';
import classes from './tags.module.css';

/** The short list by which tickets are classified; next to the tags, because both are words of the house. */
export function TypesSection() {
  const { t } = useTranslation('tags');
  const can = useCan();
  const { data } = useAccount();
  const add = useAddType();
  const [name, setName] = useState('');
  const may = can('reasons.manage');
  const types = data?.ticket_types ?? [];

  return (
    <section className={classes.section} aria-labelledby="types">
      <h3 id="types">{t('types.title')}</h3>
      <p>{t('types.lead')}</p>
      {types.length === 0 && <p className={classes.quiet}>{t('types.none')}</p>}
      <ul>
        {types.map((type) => (
          <TypeRow key={type.id} type={type} may={may} />
        ))}
      </ul>
      {may && (
        <form
          className={classes.add}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) add.mutate(name.trim(), { onSuccess: () => setName('') });
          }}
        >
          <TextInput
            label={t('types.new')}
            maxLength={60}
            value={name}
            error={add.error ? sayRefusal(asRefusal(add.error)) : undefined}
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Button type="submit" variant="default" loading={add.isPending} disabled={!name.trim()}>
            {t('types.add')}
          </Button>
        </form>
      )}
    </section>
  );
}

function TypeRow({ type, may }: { type: TicketType; may: boolean }) {
  const { t } = useTranslation('tags');
  const edit = useEditType();
  const { id, name, is_active } = type;
  const rename = (next: string) => {
    if (next && next !== name) edit.mutate({ id, name: next });
  };
  return (
    <li className={classes.type}>
      {may ? (
        <TextInput
          key={name}
          aria-label={t('types.rename', { name })}
          maxLength={60}
          defaultValue={name}
          onBlur={({ currentTarget }) => rename(currentTarget.value.trim())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      ) : (
        <span>{name}</span>
      )}
      {!is_active && <Chip>{t('archived_type')}</Chip>}
      {may && (
        <Button
          variant="subtle"
          loading={edit.isPending}
          onClick={() => edit.mutate({ id, is_active: !is_active })}
        >
          {is_active ? t('types.archive') : t('types.restore')}
        </Button>
      )}
      <RefusalLine error={edit.error} />
    </li>
  );
}
