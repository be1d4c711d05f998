import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { contactQuery, fieldsQuery, type Contact } from './api';
import { ContactActs } from './ContactActs';
import { ContactForm } from './ContactForm';
import { Consents } from './Consents';
import { Duplicates } from './Duplicates';
import { Customers } from './Customers';
import { Groups } from './Groups';
import { Identities } from './Identities';
import { Standing } from './Standing';
import { Tickets } from './Tickets';
import { usePlaceName } from './usePlaceName';
import { nameOf } from './words';

const route = getRouteApi('/in/contatos/$contactId');

export function ContactPage() {
  const { contactId } = route.useParams();
  const contact = useQuery(contactQuery(Number(contactId)));
  /* Without their names the fields would come in late and push down what is being read. */
  const fields = useQuery(fieldsQuery);
  if (contact.data && !fields.isPending)
    return <OpenContact key={contact.data.id} contact={contact.data} />;
  return (
    <Blank>
      {contact.isError && (
        <RefusalState error={contact.error} onRetry={() => void contact.refetch()} />
      )}
    </Blank>
  );
}

function OpenContact({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const format = useFormat();
  const name = nameOf(contact) || t('nameless');
  return (
    <Detail
      title={name}
      place={usePlaceName()}
      sub={t('since', { date: format.date(contact.created_at) })}
      back={{ to: paths.contacts, label: t('back') }}
      mark={<Avatar name={name} size={48} />}
      acts={<ContactActs contact={contact} />}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <Standing contact={contact} />
          <ContactForm contact={contact} />
          <Identities contact={contact} />
          <Groups contact={contact} />
          {can('contacts.merge') && !contact.deleted && <Duplicates contactId={contact.id} />}
          {can('customers.view') && <Customers contactId={contact.id} />}
          {can('consents.view') && <Consents contact={contact} />}
          {can('tickets.view') && <Tickets contactId={contact.id} />}
        </div>
      </div>
    </Detail>
  );
}
