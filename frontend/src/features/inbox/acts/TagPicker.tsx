import { Button, TextInput } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plain } from '@/lib/plain';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { contactTagsQuery, ticketQuery, useCatalogue, type Message } from '../api';
import { endAct } from '../model/acting';
import { TagMark } from '../tags/TagMark';
import { useCreateTag, useTagContact, useTagMessage, useTagTicket, type TagChange } from './api';
import classes from './acts.module.css';

export function TicketTags({ ticketId, known }: { ticketId: number; known: readonly number[] }) {
  const { data } = useQuery(ticketQuery(ticketId));
  const tag = useTagTicket(ticketId);
  return <TagPicker on={data?.tag_ids ?? known} error={tag.error} onChange={tag.mutateAsync} />;
}

export function MessageTags({ message }: { message: Message }) {
  const tag = useTagMessage(message.ticket_id, message.seq);
  return (
    <TagPicker
      on={tag.data?.tag_ids ?? message.tag_ids}
      error={tag.error}
      onChange={tag.mutateAsync}
    />
  );
}

export function ContactTags({ contactId }: { contactId: number }) {
  const { data } = useQuery(contactTagsQuery(contactId));
  const tag = useTagContact(contactId);
  return <TagPicker on={data?.data ?? []} error={tag.error} onChange={tag.mutateAsync} />;
}

type Props = {
  on: readonly number[];
  error: unknown;
  onChange: (change: TagChange) => Promise<unknown>;
};

/** Every tag with a check where it is on; what is not found can be made on the spot. */
function TagPicker({ on, error, onChange }: Props) {
  const { t } = useTranslation('acts');
  const can = useCan();
  const { data } = useCatalogue();
  const create = useCreateTag();
  const [search, setSearch] = useState('');
  const wanted = search.trim();

  const all = (data?.tags ?? []).filter(({ id, is_active }) => is_active || on.includes(id));
  const found = all.filter(({ name }) => plain(name).includes(plain(wanted)));
  const isNew = wanted !== '' && !all.some(({ name }) => plain(name) === plain(wanted));
  const mayCreate = isNew && can('tags.create');

  const flip = (tag_id: number) => {
    setSearch('');
    onChange({ tag_id, on: !on.includes(tag_id) }).catch(() => undefined); // said below
  };
  const createAndPut = () => {
    create.mutate(wanted, { onSuccess: ({ id }) => flip(id) });
  };
  const first = found[0];

  return (
    <div className={classes.stack}>
      <TextInput
        data-autofocus
        aria-label={t('tag_search')}
        placeholder={t('tag_search')}
        maxLength={40}
        value={search}
        onChange={({ currentTarget: { value } }) => setSearch(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || wanted === '') return;
          event.preventDefault();
          if (first) flip(first.id);
          else if (mayCreate) createAndPut();
        }}
      />
      <ul className={`${classes.tags} scrolls`} aria-label={t('tag_list')}>
        {found.map((tag) => (
          <li key={tag.id}>
            <button
              type="button"
              role="checkbox"
              aria-checked={on.includes(tag.id)}
              className={classes.option}
              title={tag.description || undefined}
              onClick={() => flip(tag.id)}
            >
              <span>
                <TagMark tag={tag} />
              </span>
              {on.includes(tag.id) && <IconCheck size={16} stroke={2} aria-hidden="true" />}
            </button>
          </li>
        ))}
        {mayCreate && (
          <li>
            <button type="button" className={classes.option} onClick={createAndPut}>
              <IconPlus size={16} stroke={1.75} aria-hidden="true" />
              <span>{t('tag_create', { name: wanted })}</span>
            </button>
          </li>
        )}
      </ul>
      {found.length === 0 && !mayCreate && (
        <p className={classes.lead}>{wanted ? t('tag_none') : t('tag_empty')}</p>
      )}
      <RefusalLine error={create.error ?? error} />
      <div className={classes.acts}>
        <Button onClick={endAct}>{t('tag_done')}</Button>
      </div>
    </div>
  );
}
