import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { fieldsQuery, useCreateContact } from './api';
import { FieldInputs } from './FieldInputs';
import { Taken } from './Identities';
import { usePlaceName } from './usePlaceName';
import classes from './contacts.module.css';

const NOTHING = { name: '', phone: '', email: '' };

export function NewContact() {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const fields = useQuery(fieldsQuery);
  const create = useCreateContact();
  const [typed, setTyped] = useState(NOTHING);
  const [values, setValues] = useState<Record<number, string>>({});
  const refusal = create.error ? asRefusal(create.error) : undefined;
  const field = (name: keyof typeof NOTHING) => ({
    label: t(name),
    value: typed[name],
    onChange: ({ currentTarget: { value } }: React.ChangeEvent<HTMLInputElement>) =>
      setTyped((was) => ({ ...was, [name]: value })),
    ...(refusal?.field === name && { error: sayRefusal(refusal) }),
  });
  const send = () =>
    create.mutate(
      {
        name: typed.name,
        ...(typed.phone.trim() && { phone: typed.phone }),
        ...(typed.email.trim() && { email: typed.email }),
        fields: Object.entries(values).map(([id, value]) => ({
          field_id: Number(id),
          value: value || null,
        })),
      },
      {
        onSuccess: ({ id }) =>
          void navigate({ to: paths.person, params: { contactId: String(id) } }),
      },
    );

  return (
    <Detail title={t('new')} place={usePlaceName()} back={{ to: paths.contacts, label: t('back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <form
            className={`${classes.section} ${classes.form}`}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              send();
            }}
          >
            <TextInput {...field('name')} required maxLength={120} />
            <TextInput {...field('phone')} maxLength={40} placeholder="+55 49 98841-2076" />
            <TextInput {...field('email')} type="email" maxLength={254} />
            <FieldInputs
              fields={fields.data?.data ?? []}
              values={values}
              error={create.error}
              onChange={(id, value) => setValues((was) => ({ ...was, [id]: value }))}
            />
            <Taken error={create.error} />
            <div className={classes.end}>
              <Button type="submit" size="md" loading={create.isPending}>
                {t('create')}
              </Button>
            </div>
          </form>
        </div>
      </div>
    </Detail>
  );
}
