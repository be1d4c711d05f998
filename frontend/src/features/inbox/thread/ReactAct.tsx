import { Menu } from '@mantine/core';
import IconSmile from '@tabler/icons-react/dist/esm/icons/IconMoodSmile.mjs';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { useReact, type Message } from '../api';
import classes from './thread.module.css';

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** In a menu: the team's one emoji on a message; the same again takes it off. */
export function EmojiItems({ message }: { message: Message }) {
  const react = useReact(message.ticket_id);
  const ours = message.reactions.find(({ by }) => by === 'member')?.emoji;
  return EMOJIS.map((emoji) => (
    <Menu.Item
      key={emoji}
      data-ours={emoji === ours || undefined}
      onClick={() => react.mutate({ seq: message.seq, emoji: emoji === ours ? '' : emoji })}
    >
      {emoji}
    </Menu.Item>
  ));
}

export function ReactAct({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  return (
    <Menu position="top">
      <Menu.Target>
        <IconButton size={28} label={t('message.react')}>
          <IconSmile size={16} stroke={1.75} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.emojis}>
        <EmojiItems message={message} />
      </Menu.Dropdown>
    </Menu>
  );
}
