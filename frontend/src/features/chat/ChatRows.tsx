import IconSpeaker from '@tabler/icons-react/dist/esm/icons/IconSpeakerphone.mjs';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { usePresenceOf } from '@/lib/presence';
import { useFormat, useSession } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Count } from '@/ui/Count';
import type { Chat } from './api';
import { StateDot } from './StateDot';
import classes from './chat.module.css';

/** One line of what was last said. */
function usePreview() {
  const { t } = useTranslation('chat');
  const { account } = useSession();
  return ({ last, member_count }: Chat) => {
    if (!last) return t('group_of', { count: member_count });
    const what = last.text || last.attachment?.filename || t('file');
    return last.author_id === account.member_id ? t('mine', { text: what }) : what;
  };
}

export function ChatMark({ chat, size = 36 }: { chat: Chat; size?: 30 | 36 }) {
  const state = usePresenceOf(chat.is_open ? chat.member_id : null);
  return chat.kind === 'group' ? (
    <span className={classes.group} style={{ width: size, height: size }}>
      <IconSpeaker size={18} stroke={1.75} aria-hidden="true" />
    </span>
  ) : (
    <Avatar name={chat.name} size={size} photo={photoAddress(chat.photo_id)}>
      {state && <StateDot state={state} />}
    </Avatar>
  );
}

export function ChatRow({ chat }: { chat: Chat }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const preview = usePreview()(chat);
  const unread = chat.last_seq - chat.read_seq;
  return (
    <Link
      to={paths.chat}
      params={{ chatId: String(chat.id) }}
      className={panes.row}
      data-unread={unread > 0 || undefined}
    >
      <span>
        <ChatMark chat={chat} />
      </span>
      <b className="cut">{chat.name}</b>
      <time className={`${classes.when} num`} dateTime={chat.last_at}>
        {chat.last && format.moment(chat.last_at)}
      </time>
      <small className={classes.preview}>
        <span className="cut">{preview}</span>
        {unread > 0 && (
          <>
            <Count value={unread} />
            <span className="hidden">{t('unread', { count: unread })}</span>
          </>
        )}
      </small>
    </Link>
  );
}

type PersonProps = {
  person: { member_id: number; name: string; photo_id: number | null };
  onOpen: () => void;
};

export function PersonRow({ person: { member_id, name, photo_id }, onOpen }: PersonProps) {
  const state = usePresenceOf(member_id);
  return (
    <button type="button" className={`${panes.row} ${classes.person}`} onClick={onOpen}>
      <span>
        <Avatar name={name} photo={photoAddress(photo_id)}>
          {state && <StateDot state={state} />}
        </Avatar>
      </span>
      <b className="cut">{name}</b>
    </button>
  );
}
