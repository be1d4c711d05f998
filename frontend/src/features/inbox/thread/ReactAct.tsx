import { Menu } from '@mantine/core';
import IconSmile from '@tabler/icons-react/dist/esm/icons/IconMoodSmile.mjs';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { useReact, type Message } from '../api';
import classes from './thread.module.css';

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The team's one emoji on a message; the same again takes it off. */
export function ReactAct({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const react = useReact(message.ticket_id);
  const ours = message.reactions.find(({ by }) => by === 'member')?.emoji;
  const pick = (emoji: string) =>
    react.mutate({ seq: message.seq, emoji: emoji === ours ? '' : emoji });
  return (
    <Menu position="top">
      <Menu.Target>
        <IconButton size={28} label={t('message.react')}>
          <IconSmile size={16} stroke={1.75} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.emojis}>
        {EMOJIS.map((emoji) => (
          <Menu.Item
            key={emoji}
            data-ours={emoji === ours || undefined}
            onClick={() => pick(emoji)}
          >
            {emoji}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
