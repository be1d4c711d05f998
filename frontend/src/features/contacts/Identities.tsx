import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import { useAddIdentity, useRemoveIdentity, useVerifyIdentity, type Contact } from './api';
import { Revealed } from './Revealed';
import { addressText } from './words';
import classes from './contacts.module.css';

type Identity = Contact['identities'][number];

/** Every way in that they have. The number that the network confirmed is the one we send to. */
export function Identities({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  /* The phone that is revealed is their first. */
  const phone = contact.identities.find(({ kind }) => kind === 'phone');
  return (
    <section className={classes.section} aria-label={t('identity.title')}>
      <h3>{t('identity.title')}</h3>
      <p>{t('identity.text')}</p>
      {contact.identities.length > 0 && (
        <ul className={classes.card}>
          {contact.identities.map((identity) => (
            <Row key={identity.id} contactId={contact.id} identity={identity} />
          ))}
        </ul>
      )}
      {phone && <Revealed contactId={contact.id} field="phone" value={phone.address} />}
      {can('contacts.edit') && <Adding contactId={contact.id} />}
    </section>
  );
}

function Row({ contactId, identity }: { contactId: number; identity: Identity }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const verify = useVerifyIdentity(contactId);
  const remove = useRemoveIdentity(contactId);
  const address =
    identity.kind === 'visitor' ? t('identity.visitor') : addressText(identity.address);
  return (
    <li>
      <span className={classes.what}>
        <b className="num cut">{address}</b>
        <small>{t(`identity.${identity.kind}`)}</small>
        <RefusalLine error={verify.error ?? remove.error} />
      </span>
      <Checkbox
        label={t('identity.verified')}
        disabled={!can('contacts.edit') || verify.isPending}
        checked={identity.is_verified}
        onChange={({ currentTarget: { checked } }) =>
          verify.mutate({ identity: identity.id, is_verified: checked })
        }
      />
      {can('contacts.edit') && (
        <IconButton
          size={36}
          label={t('identity.remove', { address })}
          loading={remove.isPending}
          onClick={() => remove.mutate(identity.id)}
        >
          <IconTrash size={16} stroke={1.75} />
        </IconButton>
      )}
    </li>
  );
}

const KINDS = ['phone', 'external'] as const;

function Adding({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const add = useAddIdentity(contactId);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('phone');
  const [address, setAddress] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (address.trim()) add.mutate({ kind, address }, { onSuccess: () => setAddress('') });
      }}
    >
      <div className={classes.acts}>
        <Select
          aria-label={t('identity.kind')}
          allowDeselect={false}
          w={150}
          data={KINDS.map((value) => ({ value, label: t(`identity.${value}`) }))}
          value={kind}
          onChange={(next) => setKind(next === 'external' ? 'external' : 'phone')}
        />
        <TextInput
          aria-label={t('identity.address')}
          placeholder={kind === 'phone' ? '+55 49 98841-2076' : ''}
          maxLength={120}
          flex={1}
          miw={160}
          value={address}
          onChange={({ currentTarget: { value } }) => setAddress(value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t('identity.add')}
        </Button>
      </div>
      <Taken error={add.error} />
    </form>
  );
}

/** Whose the number is, for those who see them: often it is the same person twice. */
export function Taken({ error }: { error: unknown }) {
  const { t } = useTranslation('contacts');
  const whose = error ? (asRefusal(error).problem.contact_id ?? 0) : 0;
  return (
    <>
      <RefusalLine error={error} />
      {whose > 0 && (
        <Link to={paths.person} params={{ contactId: String(whose) }}>
          {t('identity.whose')}
        </Link>
      )}
    </>
  );
}
