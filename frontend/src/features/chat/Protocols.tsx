import { useNavigate } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { toast } from '@/lib/toast';
import { ticketOfProtocol, type ChatMessage } from './api';
import classes from './chat.module.css';

/** #20261120-0417 */
const PROTOCOL = /(#\d{8}-\d{4,6})/;

/** Text in which a protocol opens its ticket, for whoever may see it. */
export function WithProtocols({ text }: { text: string }) {
  return text
    .split(PROTOCOL)
    .map((part, at) =>
      PROTOCOL.test(part) ? (
        <Protocol key={at} protocol={part.slice(1)} />
      ) : (
        <Fragment key={at}>{part}</Fragment>
      ),
    );
}

function Protocol({ protocol }: { protocol: string }) {
  const { t } = useTranslation('chat');
  const navigate = useNavigate();
  const open = async () => {
    const ticket = await ticketOfProtocol(protocol).catch(() => undefined);
    if (!ticket) return toast({ message: t('not_visible', { protocol }) });
    await navigate({ to: paths.ticket, params: { ticketId: String(ticket.id) } });
  };
  return (
    <button type="button" className={classes.link} onClick={() => void open()}>
      #{protocol}
    </button>
  );
}

/** What a notice is about. Whoever may not see it is told so where it leads. */
export function NoticeLink({ link }: { link: NonNullable<ChatMessage['link']> }) {
  const { t } = useTranslation('chat');
  const navigate = useNavigate();
  const open = () =>
    link.kind === 'ticket'
      ? navigate({ to: paths.ticket, params: { ticketId: String(link.id) } })
      : navigate({ to: paths.channel, params: { channelId: String(link.id) } });
  return (
    <button type="button" className={classes.link} onClick={() => void open()}>
      {t(link.kind === 'ticket' ? 'open_ticket' : 'open_channel')}
    </button>
  );
}
