import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { fieldsQuery, useEditContact, type Contact } from './api';
import { FieldInputs } from './FieldInputs';
import { Revealed } from './Revealed';
import { isMasked } from './words';
import classes from './contacts.module.css';

const savedOf = (contact: Contact) => ({
  name: contact.name,
  email: contact.email ?? '',
  notes: contact.notes,
});
const valuesOf = ({ fields }: Contact) =>
  Object.fromEntries(fields.map(({ field_id, value }) => [field_id, value ?? '']));

/** Only what changed is told: what is shown with a mask would go back with it. */
export function ContactForm({ contact }: { contact: Contact }) {
  const { t } = useTranslation(['contacts', 'common']);
  const can = useCan();
  const fields = useQuery(fieldsQuery);
  const edit = useEditContact(contact.id);
  const saved = savedOf(contact);
  const values = valuesOf(contact);
  const [typed, setTyped] = useState<Partial<typeof saved>>({});
  const [chosen, setChosen] = useState<Record<number, string>>({});

  const now = { ...saved, ...typed };
  const names = (Object.keys(saved) as (keyof typeof saved)[]).filter((k) => now[k] !== saved[k]);
  const changed = Object.entries(chosen).filter(
    ([id, value]) => value !== (values[Number(id)] ?? ''),
  );
  const isChanged = names.length + changed.length > 0;
  const fixed = !can('contacts.edit');
  const refusal = edit.error ? asRefusal(edit.error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {});
  const forget = () => {
    setTyped({});
    setChosen({});
  };
  const send = () =>
    edit.mutate(
      {
        ...Object.fromEntries(names.map((name) => [name, now[name]])),
        ...(changed.length > 0 && {
          fields: changed.map(([id, value]) => ({ field_id: Number(id), value: value || null })),
        }),
      },
      {
        onSuccess: () => {
          forget();
          toast({ message: t('saved') });
        },
      },
    );

  return (
    <section className={classes.section} aria-label={t('who')}>
      <h3>{t('who')}</h3>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) send();
        }}
      >
        <TextInput
          label={t('name')}
          maxLength={120}
          disabled={fixed}
          readOnly={isMasked(contact.name)}
          value={now.name}
          onChange={({ currentTarget: { value } }) => setTyped((was) => ({ ...was, name: value }))}
          {...wrong('name')}
        />
        <Revealed contactId={contact.id} field="name" value={contact.name} />
        <TextInput
          label={t('email')}
          type="email"
          maxLength={254}
          disabled={fixed}
          readOnly={isMasked(contact.email)}
          value={now.email}
          onChange={({ currentTarget: { value } }) => setTyped((was) => ({ ...was, email: value }))}
          {...wrong('email')}
        />
        <Revealed contactId={contact.id} field="email" value={contact.email} />
        <FieldInputs
          fields={fields.data?.data ?? []}
          values={{ ...values, ...chosen }}
          error={edit.error}
          disabled={fixed}
          onChange={(id, value) => setChosen((was) => ({ ...was, [id]: value }))}
        />
        <Textarea
          label={t('notes')}
          maxLength={4000}
          autosize
          minRows={2}
          maxRows={10}
          disabled={fixed}
          value={now.notes}
          onChange={({ currentTarget: { value } }) => setTyped((was) => ({ ...was, notes: value }))}
        />
        <RefusalLine error={edit.error} />
        {isChanged && (
          <div className={classes.end}>
            <Button variant="subtle" onClick={forget}>
              {t('common:discard')}
            </Button>
            <Button type="submit" loading={edit.isPending}>
              {t('common:save')}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
