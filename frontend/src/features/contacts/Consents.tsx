import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import {
  consentsQuery,
  useAccount,
  useRecordConsent,
  type ConsentEvent,
  type Contact,
} from './api';
import classes from './contacts.module.css';

/** What they agreed to and took back, word for word and in order; nothing of it is ever changed. */
export function Consents({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const ledger = useQuery(consentsQuery(contact.id));
  return (
    <section className={classes.section} aria-label={t('consent.title')}>
      <h3>{t('consent.title')}</h3>
      <p>{t(`consent.state.${contact.consent}`)}</p>
      <RefusalLine error={ledger.error} />
      {(ledger.data?.data.length ?? 0) > 0 && (
        <ul className={classes.card}>
          {ledger.data?.data.map((event) => (
            <Line key={event.id} event={event} />
          ))}
        </ul>
      )}
      {can('consents.record') && <Recording contactId={contact.id} />}
    </section>
  );
}

function Line({ event }: { event: ConsentEvent }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const { data: account } = useAccount();
  const by = account?.members.find(({ id }) => id === event.member_id)?.display_name;
  const channel = account?.channels.find(({ id }) => id === event.channel_id)?.name;
  const facts = [by ?? t(`consent.source.${event.source}`), channel, event.wording, event.note];
  return (
    <li>
      <span className={classes.what}>
        <b>{t(`consent.kind.${event.kind}`)}</b>
        <small>{facts.filter(Boolean).join(' · ')}</small>
      </span>
      <Chip tone={event.act === 'granted' ? 'ok' : 'warn'}>{t(`consent.act.${event.act}`)}</Chip>
      <time className={`${classes.when} num`} dateTime={event.at} title={format.exact(event.at)}>
        {format.moment(event.at)}
      </time>
    </li>
  );
}

const KINDS = ['messages', 'marketing', 'terms', 'data_storage'] as const;

function Recording({ contactId }: { contactId: number }) {
  const { t } = useTranslation('contacts');
  const record = useRecordConsent(contactId);
  const [kind, setKind] = useState<ConsentEvent['kind']>('messages');
  const [wording, setWording] = useState('');
  const [note, setNote] = useState('');
  const send = (act: ConsentEvent['act']) =>
    record.mutate(
      { kind, act, ...(wording && { wording }), ...(note && { note }) },
      { onSuccess: () => setNote('') },
    );
  return (
    <div className={classes.form} role="group" aria-label={t('consent.record')}>
      <div className={classes.pair}>
        <Select
          label={t('consent.about')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`consent.kind.${value}`) }))}
          value={kind}
          onChange={(next) => next && setKind(next)}
        />
        <TextInput
          label={t('consent.wording')}
          description={t('consent.wording_hint')}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={60}
          value={wording}
          onChange={({ currentTarget: { value } }) => setWording(value)}
        />
      </div>
      <TextInput
        label={t('consent.note')}
        maxLength={300}
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
      <RefusalLine error={record.error} />
      <div className={classes.acts}>
        <Button variant="default" loading={record.isPending} onClick={() => send('granted')}>
          {t('consent.grant')}
        </Button>
        <Button variant="default" loading={record.isPending} onClick={() => send('withdrawn')}>
          {t('consent.withdraw')}
        </Button>
      </div>
    </div>
  );
}
