import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine, sayRefusal } from '@/lib/refusal';
import { useCan, useSession } from '@/lib/session';
import { useEditCustomer, type Customer } from './api';
import { isMasked } from './words';
import classes from './contacts.module.css';

const FIELDS = ['name', 'email', 'phone', 'birth_on', 'street', 'city', 'state'] as const;
type Field = (typeof FIELDS)[number];
const MASK_ADDRESS = 16;

/** Only what changed is told: what is shown with a mask would go back with it. */
export function CustomerForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const { t } = useTranslation(['contacts', 'common']);
  const can = useCan();
  const { masks } = useSession().account;
  const edit = useEditCustomer(customer.id);
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({});
  const refusal = edit.error ? asRefusal(edit.error) : undefined;
  const fixed = (field: Field) =>
    !can('customers.edit') ||
    isMasked(customer[field]) ||
    (field === 'street' && (masks & MASK_ADDRESS) !== 0);
  const changed = FIELDS.filter((f) => typed[f] !== undefined && typed[f] !== (customer[f] ?? ''));
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate(Object.fromEntries(changed.map((f) => [f, typed[f]])), { onSuccess: onDone });
      }}
    >
      <p className="num">{customer.document}</p>
      <div className={classes.pair}>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`customer.${field}`)}
            type={field === 'birth_on' && !isMasked(customer.birth_on) ? 'date' : 'text'}
            maxLength={field === 'state' ? 2 : 200}
            readOnly={fixed(field)}
            value={typed[field] ?? customer[field] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              setTyped((was) => ({ ...was, [field]: value }))
            }
            {...(refusal?.field === field && { error: sayRefusal(refusal) })}
          />
        ))}
      </div>
      {refusal && !refusal.field && <RefusalLine error={edit.error} />}
      <div className={classes.end}>
        <Button variant="subtle" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        {can('customers.edit') && (
          <Button type="submit" disabled={changed.length === 0} loading={edit.isPending}>
            {t('common:save')}
          </Button>
        )}
      </div>
    </form>
  );
}
