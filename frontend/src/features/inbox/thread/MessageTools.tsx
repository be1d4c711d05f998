import { Menu } from '@mantine/core';
import IconMore from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconQuote from '@tabler/icons-react/dist/esm/icons/IconCornerUpLeft.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { IconButton } from '@/ui/IconButton';
import type { Message } from '../api';
import type { Amend } from '../model/amend';
import { EmojiItems, ReactAct } from './ReactAct';
import classes from './thread.module.css';

const ICON = { size: 16, stroke: 1.75 } as const;

const AmendItems = lazy(async () => {
  await bringWords('acts');
  return { default: (await import('../acts/AmendItems')).AmendItems };
});

type Props = {
  message: Message;
  amends: readonly Amend[];
  onAmend: (message: Message, amend: Amend) => void;
  mayReact: boolean;
  /** Beside a bubble there is room for one finger: then it opens what else there is. */
  byFinger: boolean;
  onQuote: ((message: Message) => void) | undefined;
  onTag: ((message: Message) => void) | undefined;
};

/** What can be done with one message. */
export function MessageTools(props: Props) {
  const { message, amends, onAmend, mayReact, byFinger, onQuote, onTag } = props;
  const { t } = useTranslation('inbox');
  const amending = amends.length > 0 && (
    <Suspense>
      <AmendItems amends={amends} onAmend={(amend) => onAmend(message, amend)} />
    </Suspense>
  );
  if (byFinger) {
    return (
      <span className={classes.tools}>
        <Menu position="top">
          <Menu.Target>
            <IconButton size={28} label={t('message.acts')}>
              <IconMore {...ICON} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            {mayReact && (
              <div className={classes.emojis} role="presentation">
                <EmojiItems message={message} />
              </div>
            )}
            {onQuote && (
              <Menu.Item leftSection={<IconQuote {...ICON} />} onClick={() => onQuote(message)}>
                {t('message.quote')}
              </Menu.Item>
            )}
            {onTag && (
              <Menu.Item leftSection={<IconTag {...ICON} />} onClick={() => onTag(message)}>
                {t('message.tag')}
              </Menu.Item>
            )}
            {amending}
          </Menu.Dropdown>
        </Menu>
      </span>
    );
  }
  return (
    <span className={classes.tools}>
      {onQuote && (
        <IconButton size={28} label={t('message.quote')} onClick={() => onQuote(message)}>
          <IconQuote {...ICON} />
        </IconButton>
      )}
      {mayReact && <ReactAct message={message} />}
      {onTag && (
        <IconButton size={28} label={t('message.tag')} onClick={() => onTag(message)}>
          <IconTag {...ICON} />
        </IconButton>
      )}
      {amending && (
        <Menu position="top">
          <Menu.Target>
            <IconButton size={28} label={t('message.acts')}>
              <IconMore {...ICON} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>{amending}</Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}
