import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { contactQuery, useEditContact, type Contact } from '../api';
import { Block } from './Block';
import classes from './panel.module.css';

/** What the team wants to remember of a person, whoever serves next. */
export function Notes({ contactId }: { contactId: number }) {
  const { t } = useTranslation(['inbox', 'common']);
  const contact = useQuery(contactQuery(contactId));
  return (
    <Block title={t('panel.notes')} query={contact} count={contact.data?.notes ? 1 : 0}>
      {(data) => <NotesForm key={data.notes} contact={data} />}
    </Block>
  );
}

function NotesForm({ contact }: { contact: Contact }) {
  const { t } = useTranslation(['inbox', 'common']);
  const can = useCan();
  const edit = useEditContact(contact.id);
  const [notes, setNotes] = useState(contact.notes);
  if (!can('contacts.edit'))
    return <p className={classes.quiet}>{contact.notes || t('panel.no_notes')}</p>;

  const changed = notes !== contact.notes;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ notes });
      }}
    >
      <Textarea
        aria-label={t('panel.notes')}
        placeholder={t('panel.notes_placeholder')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={notes}
        onChange={({ currentTarget: { value } }) => setNotes(value)}
      />
      <RefusalLine error={edit.error} />
      {changed && (
        <div>
          <Button size="xs" variant="subtle" onClick={() => setNotes(contact.notes)}>
            {t('common:discard')}
          </Button>
          <Button size="xs" type="submit" loading={edit.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
    </form>
  );
}
