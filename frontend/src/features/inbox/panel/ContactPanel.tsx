import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import { lazy, Suspense, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { usePreference } from '@/lib/preferences';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Delayed } from '@/ui/Delayed';
import { IconButton } from '@/ui/IconButton';
import { Resizer } from '@/ui/Resizer';
import {
  contactFilesQuery,
  contactQuery,
  contactTicketsQuery,
  type Attachment,
  type RevealableField,
  type Ticket,
} from '../api';
import { addressText, usePersonName } from '../names';
import { mediaAddress } from '../model/media';
import { Block } from './Block';
import { ContactForm } from './ContactForm';
import { ContactTags } from './ContactTags';
import { Masked } from './Masked';
import { Notes } from './Notes';
import { Origin } from './Origin';
import { PreviousTickets } from './PreviousTickets';
import { Readers } from './Readers';
import { PanelRoomsContext } from './rooms';
import classes from './panel.module.css';

/* Only while the bot asks, or of somebody whom nobody saved yet. */
const IntakeBlock = lazy(async () => {
  const [file] = await Promise.all([import('./IntakeBlock'), bringWords('intake')]);
  return { default: file.IntakeBlock };
});
const Unsaved = lazy(async () => {
  const [file] = await Promise.all([import('./Unsaved'), bringWords('intake')]);
  return { default: file.Unsaved };
});

const WIDTH = { min: 280, max: 420 };

/** Who is on the other side. Each block loads by itself and fails by itself. */
export function ContactPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const [width, setWidth] = usePreference('panel_width');
  const known = useOpenBlocksKnown(ticket.contact.id);

  return (
    <aside className={classes.panel} aria-label={t('panel.label')} data-zone tabIndex={-1}>
      <Resizer
        label={t('panel.resize')}
        edge="left"
        pane="after"
        width={width}
        {...WIDTH}
        onResize={setWidth}
      />
      <PanelHead ticket={ticket} />
      <div className={`${classes.blocks} scrolls`}>
        {known ? (
          <Blocks ticket={ticket} />
        ) : (
          <Delayed>
            <Skeleton height={160} />
          </Delayed>
        )}
      </div>
    </aside>
  );
}

/**
 * The blocks that stand open appear together: one that grew after its neighbours were drawn would
 * push them down.
 */
function useOpenBlocksKnown(contactId: number) {
  const contact = useQuery(contactQuery(contactId));
  const tickets = useQuery(contactTicketsQuery(contactId));
  return !contact.isPending && !tickets.isPending;
}

function Blocks({ ticket }: { ticket: Ticket }) {
  const { id } = ticket.contact;
  const contact = useQuery(contactQuery(id));
  const { BotPath } = use(PanelRoomsContext);
  const isBot = ticket.state === 'bot';
  const path = BotPath && (
    <Suspense fallback={null}>
      <BotPath ticketId={ticket.id} seq={ticket.last_seq} isBot={isBot} />
    </Suspense>
  );
  return (
    <>
      <Suspense fallback={null}>
        {contact.data?.is_saved === false && <Unsaved contactId={id} />}
        {isBot && <IntakeBlock ticket={ticket} />}
      </Suspense>
      {isBot && path}
      <Identities contactId={id} />
      {ticket.origin && <Origin origin={ticket.origin} />}
      <ContactTags ticket={ticket} />
      <PreviousTickets contactId={id} current={ticket.id} />
      <Readers ticket={ticket} />
      <Files contactId={id} />
      <Notes contactId={id} />
      {!isBot && path}
    </>
  );
}

function PanelHead({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const name = usePersonName()(ticket.contact);
  const contact = useQuery(contactQuery(ticket.contact.id));
  const [editing, setEditing] = useState(false);
  const { address } = ticket.contact;

  if (editing && contact.data) {
    return (
      <div className={classes.head}>
        <ContactForm contact={contact.data} onDone={() => setEditing(false)} />
      </div>
    );
  }
  return (
    <div className={classes.head}>
      <Avatar name={name} size={48} />
      <div>
        <Masked contactId={ticket.contact.id} field="name" value={name}>
          {(whole) => <h2 className="cut">{addressText(whole)}</h2>}
        </Masked>
        <p className="num cut">
          {address === 'visitor' ? t('visitor_of_site') : addressText(address)}
        </p>
      </div>
      {can('contacts.edit') && (
        <IconButton
          size={28}
          label={t('panel.edit')}
          disabled={!contact.data}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={16} stroke={1.75} />
        </IconButton>
      )}
    </div>
  );
}

function Identities({ contactId }: { contactId: number }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const contact = useQuery(contactQuery(contactId));
  /* The phone that is revealed is their first. */
  const firstPhone = contact.data?.identities.find(({ kind }) => kind === 'phone')?.id;
  return (
    <Block title={t('panel.identities')} query={contact} open>
      {(data) => (
        <dl className={classes.facts}>
          {data.identities.map(({ id, kind, address, is_verified }) => (
            <Fact
              key={id}
              label={t(`identity.${kind}`)}
              value={kind === 'visitor' ? t('visitor_of_site') : address}
              note={is_verified ? t('identity.verified') : undefined}
              masked={id === firstPhone ? { contactId, field: 'phone' } : undefined}
            />
          ))}
          {data.email && (
            <Fact
              label={t('panel.email')}
              value={data.email}
              masked={{ contactId, field: 'email' }}
            />
          )}
          <Fact label={t('panel.since')} value={format.moment(data.created_at)} />
        </dl>
      )}
    </Block>
  );
}

type FactProps = {
  label: string;
  value: string;
  note?: string | undefined;
  /** Where the whole of it is asked for, when it comes with a mask. */
  masked?: { contactId: number; field: RevealableField } | undefined;
};

function Fact({ label, value, note, masked }: FactProps) {
  const text = (whole: string) => (
    <span className="cut" title={note}>
      {addressText(whole)}
    </span>
  );
  return (
    <>
      <dt>{label}</dt>
      <dd className="num">
        {masked ? (
          <Masked {...masked} value={value}>
            {text}
          </Masked>
        ) : (
          text(value)
        )}
      </dd>
    </>
  );
}

function Files({ contactId }: { contactId: number }) {
  const { t } = useTranslation('inbox');
  const files = useQuery(contactFilesQuery(contactId));
  return (
    <Block title={t('panel.files')} query={files} count={files.data?.data.length}>
      {({ data }) =>
        data.length === 0 ? (
          <p className={classes.quiet}>{t('panel.no_files')}</p>
        ) : (
          data.map((file) => <FileLine key={file.id} file={file} />)
        )
      }
    </Block>
  );
}

function FileLine({ file }: { file: Attachment }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const line = (
    <>
      <time dateTime={file.created_at}>{format.moment(file.created_at)}</time>
      <span className="cut">{file.filename || t(`kind.${file.kind}`)}</span>
      <small className="num">{format.bytes(file.size_bytes)}</small>
    </>
  );
  if (file.state !== 'ready') return <div className={classes.line}>{line}</div>;
  return (
    <a className={classes.line} href={mediaAddress(file)} target="_blank" rel="noreferrer">
      {line}
    </a>
  );
}
