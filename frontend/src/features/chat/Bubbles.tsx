import { Button } from '@mantine/core';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconSeen from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconSent from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useFormat, useSession } from '@/lib/session';
import { peopleQuery, type Chat, type ChatMessage } from './api';
import { ChatFile } from './ChatFile';
import { forget, sendAgain, type Pending } from './pending';
import { NoticeLink, WithProtocols } from './Protocols';
import classes from './chat.module.css';

type Props = { chat: Chat; message: ChatMessage; last: boolean };

export function MessageBubble({ chat, message, last }: Props) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { account } = useSession();
  const isMine = message.author_id === account.member_id;
  const isSeen = isMine && chat.kind === 'pair' && chat.other_read_seq >= message.seq;
  const Tick = isSeen ? IconSeen : IconSent;
  return (
    <div
      className={classes.message}
      data-side={isMine ? 'right' : 'left'}
      data-last={last || undefined}
    >
      <div className={classes.bubble}>
        {chat.kind === 'group' && <Author id={message.author_id} />}
        {message.attachment && <ChatFile attachment={message.attachment} />}
        {message.text && (
          <div className={classes.text}>
            <WithProtocols text={message.text} />
          </div>
        )}
        {message.link && <NoticeLink link={message.link} />}
        <div className={classes.foot}>
          <time dateTime={message.created_at} title={format.exact(message.created_at)}>
            {format.time(message.created_at)}
          </time>
          {isMine && chat.kind === 'pair' && (
            <span
              role="img"
              aria-label={t(isSeen ? 'seen' : 'sent')}
              data-seen={isSeen || undefined}
            >
              <Tick size={14} stroke={2} aria-hidden="true" />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** Who tells a notice; nobody in particular is the house. */
function Author({ id }: { id: number | null }) {
  const { t } = useTranslation('chat');
  const { user, account } = useSession();
  const { data } = useQuery(peopleQuery);
  const name =
    id === null
      ? t('house')
      : id === account.member_id
        ? user.name
        : data?.data.find(({ member_id }) => member_id === id)?.name;
  return <div className={classes.author}>{name ?? '…'}</div>;
}

/** Mine, and not on the server yet. */
export function PendingBubble({ pending }: { pending: Pending }) {
  const { t } = useTranslation(['chat', 'common']);
  const cache = useQueryClient();
  const format = useFormat();
  const { slug, client_key } = pending;
  return (
    <div className={classes.message} data-side="right" data-last data-failed={slug && true}>
      <div className={classes.bubble}>
        {pending.attachment && <b>{pending.attachment.filename}</b>}
        {pending.text && <div className={classes.text}>{pending.text}</div>}
        {slug && (
          <div className={classes.error} role="alert">
            {sayRefusal(new Refusal({ slug, status: 400 }))}
          </div>
        )}
        <div className={classes.foot}>
          <time dateTime={pending.created_at}>{format.time(pending.created_at)}</time>
          {!slug && (
            <span role="img" aria-label={t('sending')}>
              <IconClock size={14} stroke={2} aria-hidden="true" />
            </span>
          )}
        </div>
      </div>
      {slug && (
        <div className={classes.acts}>
          <Button size="xs" variant="default" onClick={() => sendAgain(cache, client_key)}>
            {t('common:retry')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => forget(client_key)}>
            {t('common:discard')}
          </Button>
        </div>
      )}
    </div>
  );
}
