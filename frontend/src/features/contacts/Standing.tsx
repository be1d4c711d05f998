import { Button } from '@mantine/core';
import IconBlock from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconUnsaved from '@tabler/icons-react/dist/esm/icons/IconUserQuestion.mjs';
import IconStop from '@tabler/icons-react/dist/esm/icons/IconMessageOff.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { blockedQuery, useAccount, useTakeBack, type Contact } from './api';
import classes from './contacts.module.css';

const ICON = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** What everybody who opens this contact has to know first. */
export function Standing({ contact }: { contact: Contact }) {
  return (
    <>
      {contact.deleted && <Deleted contact={contact} mark={contact.deleted} />}
      {!contact.is_saved && !contact.deleted && <Unsaved contact={contact} />}
      {contact.blocked && <Blocked contact={contact} mark={contact.blocked} />}
      {contact.consent === 'withdrawn' && <OptedOut />}
    </>
  );
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.notice} role="note">
      {icon}
      <div>{children}</div>
    </div>
  );
}

function useWho() {
  const { t } = useTranslation('contacts');
  const { data: account } = useAccount();
  return (id: number | null) =>
    account?.members.find((member) => member.id === id)?.display_name ?? t('somebody');
}

function Deleted({ contact, mark }: { contact: Contact; mark: NonNullable<Contact['deleted']> }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const format = useFormat();
  const who = useWho();
  const restore = useTakeBack(contact.id, 'restore');
  if (mark.merged_into !== null) {
    return (
      <Notice icon={<IconTrash {...ICON} />}>
        <b>{t('deleted.merged')}</b>{' '}
        <Link to={paths.person} params={{ contactId: String(mark.merged_into) }}>
          {t('deleted.open_kept')}
        </Link>
      </Notice>
    );
  }
  return (
    <Notice icon={<IconTrash {...ICON} />}>
      <b>{t('deleted.title')}</b> {t('by_at', { name: who(mark.by), time: format.date(mark.at) })}
      {mark.reason && <p>{mark.reason}</p>}
      <p>{t('deleted.text')}</p>
      {can('contacts.delete') && (
        <Button
          variant="default"
          size="xs"
          mt={8}
          loading={restore.isPending}
          onClick={() => restore.mutate(undefined)}
        >
          {t('deleted.restore')}
        </Button>
      )}
      <RefusalLine error={restore.error} />
    </Notice>
  );
}

function Blocked({ contact, mark }: { contact: Contact; mark: NonNullable<Contact['blocked']> }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const format = useFormat();
  const who = useWho();
  const unblock = useTakeBack(contact.id, 'unblock');
  return (
    <Notice icon={<IconBlock {...ICON} />}>
      <b>{t('blocked.title')}</b> {t('by_at', { name: who(mark.by), time: format.date(mark.at) })}
      {mark.reason && <p>{mark.reason}</p>}
      <p>{t('blocked.text')}</p>
      {mark.kept_messages > 0 && <KeptMessages contactId={contact.id} count={mark.kept_messages} />}
      {can('contacts.block') && (
        <Button
          variant="default"
          size="xs"
          mt={8}
          loading={unblock.isPending}
          onClick={() => unblock.mutate(undefined)}
        >
          {t('blocked.undo')}
        </Button>
      )}
      <RefusalLine error={unblock.error} />
    </Notice>
  );
}

function Unsaved({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const save = useTakeBack(contact.id, 'save');
  return (
    <Notice icon={<IconUnsaved {...ICON} />}>
      <b>{t('unsaved.title')}</b> {t('unsaved.text')}
      {can('contacts.create') && (
        <Button
          display="block"
          variant="default"
          size="xs"
          mt={8}
          loading={save.isPending}
          onClick={() => save.mutate(undefined)}
        >
          {t('unsaved.save')}
        </Button>
      )}
      <RefusalLine error={save.error} />
    </Notice>
  );
}

function KeptMessages({ contactId, count }: { contactId: number; count: number }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const kept = useQuery(blockedQuery(contactId));
  return (
    <details className={classes.kept}>
      <summary>{t('blocked.kept', { count })}</summary>
      <RefusalLine error={kept.error} />
      <ul>
        {kept.data?.data.map(({ id, kind, text, received_at }) => (
          <li key={id}>
            <time dateTime={received_at}>{format.moment(received_at)}</time> {text || kind}
          </li>
        ))}
      </ul>
    </details>
  );
}

function OptedOut() {
  const { t } = useTranslation(['contacts', 'refused']);
  return (
    <Notice icon={<IconStop {...ICON} />}>
      <b>{t('refused:opted_out')}</b> {t('consent.stopped')}
    </Notice>
  );
}
