import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/now';
import { paths } from '@/lib/paths';
import { useFormat } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import type { Message, MessageFound } from '../api';
import { useNames, usePersonName, type Names } from '../names';
import { wordsOf } from '../thread/question';
import { excerpt } from './excerpt';
import classes from './search.module.css';

type Props = { found: MessageFound; typed: string; current: boolean };

/** Who said it, when, and the words with what stands around them. */
export const ResultRow = memo(function ResultRow({ found, typed, current }: Props) {
  const { ticket, message } = found;
  const { t } = useTranslation('search');
  const format = useFormat();
  const now = useNow();
  const names = useNames();
  const person = usePersonName()(ticket.contact);
  const channel = names.channel(ticket.channel_id);
  const author = useAuthor(message, names);

  return (
    <Link
      to={paths.ticket}
      params={{ ticketId: String(ticket.id) }}
      search={(place) => ({ ...place, at: message.seq })}
      className={classes.row}
      aria-current={current ? 'true' : undefined}
    >
      <span className={classes.who}>
        {channel && <ChannelMark kind={channel.kind} size={14} />}
        <b className="cut">{person}</b>
        <time dateTime={message.created_at} title={format.exact(message.created_at)}>
          {format.moment(message.created_at, new Date(now))}
        </time>
      </span>
      <span className={classes.text}>
        {message.direction === 'note' && (
          <IconLock size={14} stroke={1.75} role="img" aria-label={t('whisper')} />
        )}
        {author && <span className={classes.author}>{t('by', { name: author })} </span>}
        <Marked text={wordsOf(message)} typed={typed} />
      </span>
      {message.attachments.map(({ id, filename }) => (
        <span key={id} className={`${classes.file} cut`}>
          <IconFile size={14} stroke={1.75} />
          <Marked text={filename} typed={typed} />
        </span>
      ))}
      <span className={`${classes.where} num cut`}>{ticket.protocol}</span>
    </Link>
  );
});

/** The customer's words stand alone; ours say whose they are. */
function useAuthor(message: Message, names: Names) {
  const { t } = useTranslation('search');
  if (message.author_kind === 'bot') return t('bot');
  if (message.author_kind !== 'member') return undefined;
  return message.author_id === names.me ? t('you') : names.member(message.author_id);
}

function Marked({ text, typed }: { text: string; typed: string }) {
  return excerpt(text, typed).map(({ text: piece, hit }, at) =>
    hit ? <mark key={at}>{piece}</mark> : piece,
  );
}
