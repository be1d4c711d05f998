import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { customersQuery, useLinkCustomer, useUnlinkCustomer, type Customer } from './api';
import { CustomerForm } from './CustomerForm';
import classes from './contacts.module.css';

/** The registrations that they speak for: their own, their company's, their mother's. */
export function Customers({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const customers = useQuery(customersQuery(contactId));
  const [open, setOpen] = useState<Customer>();
  return (
    <section className={classes.section} aria-label={t('customer.title')}>
      <h3>{t('customer.title')}</h3>
      <p>{t('customer.text')}</p>
      <RefusalLine error={customers.error} />
      {(customers.data?.data.length ?? 0) > 0 && (
        <ul className={classes.card}>
          {customers.data?.data.map((customer) => (
            <Row
              key={customer.id}
              contactId={contactId}
              customer={customer}
              onOpen={() => setOpen(customer)}
            />
          ))}
        </ul>
      )}
      {can('customers.edit') && <Linking contactId={contactId} />}
      <Dialog
        open={open !== undefined}
        title={open?.name ?? ''}
        width={520}
        onClose={() => setOpen(undefined)}
      >
        {open && <CustomerForm customer={open} onDone={() => setOpen(undefined)} />}
      </Dialog>
    </section>
  );
}

type RowProps = { contactId: number; customer: Customer; onOpen: () => void };

function Row({ contactId, customer, onOpen }: RowProps) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const unlink = useUnlinkCustomer(contactId);
  return (
    <li>
      <span className={classes.what}>
        <b className="cut">{customer.name}</b>
        <small className="num">
          {t(`customer.${customer.kind}`)} · {customer.document}
        </small>
        <RefusalLine error={unlink.error} />
      </span>
      <Button variant="default" size="xs" onClick={onOpen}>
        {t(can('customers.edit') ? 'customer.edit' : 'customer.open')}
      </Button>
      {can('customers.edit') && (
        <Button
          variant="subtle"
          size="xs"
          loading={unlink.isPending}
          onClick={() => unlink.mutate(customer.id)}
        >
          {t('customer.unlink')}
        </Button>
      )}
    </li>
  );
}

function Linking({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const link = useLinkCustomer(contactId);
  const [document, setDocument] = useState('');
  const [name, setName] = useState('');
  const refusal = link.error ? asRefusal(link.error) : undefined;
  const wrong = (field: string) => (refusal?.field === field ? { error: sayRefusal(refusal) } : {});
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        link.mutate(
          { document, ...(name.trim() && { name }) },
          {
            onSuccess: () => {
              setDocument('');
              setName('');
            },
          },
        );
      }}
    >
      <div className={classes.pair}>
        <TextInput
          label={t('customer.document')}
          maxLength={30}
          value={document}
          onChange={({ currentTarget: { value } }) => setDocument(value)}
          {...wrong('document')}
        />
        <TextInput
          label={t('customer.name')}
          maxLength={120}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
          {...wrong('name')}
        />
      </div>
      {refusal && !refusal.field && <RefusalLine error={link.error} />}
      <div className={classes.acts}>
        <Button
          type="submit"
          variant="default"
          disabled={!document.trim()}
          loading={link.isPending}
        >
          {t('customer.link')}
        </Button>
      </div>
    </form>
  );
}
