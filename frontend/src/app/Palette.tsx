import '@mantine/spotlight/styles.layer.css';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import IconChat from '@tabler/icons-react/dist/esm/icons/IconMessages.mjs';
import IconInbox from '@tabler/icons-react/dist/esm/icons/IconInbox.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSettings from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ticketsQuery } from '@/features/inbox/api';
import { usePersonName } from '@/features/inbox/names';
import { paths } from '@/lib/paths';
import { plain } from '@/lib/plain';
import { useCan } from '@/lib/session';
import { settingsFor } from '@/lib/settings-places';
import { pressShortcut, useShown, type ShortcutName } from '@/lib/shortcuts';
import { startConversation } from '@/lib/starting';
import classes from './Palette.module.css';

const PEOPLE = 6;
const ICON = { size: 18, stroke: 1.75 } as const;

type Act = { id: string; label: string; hint?: string; icon?: ReactNode; run: () => void };

/** One field to go anywhere, find anyone, and act on what is open. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useEffect(() => spotlight.open(), []);
  return (
    <Spotlight.Root
      shortcut={null}
      size={560}
      maxHeight={420}
      scrollable
      yOffset="18vh"
      onSpotlightClose={onClose}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4, color: '#0F0D0A' }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
      classNames={{ content: classes.content, actionsGroup: classes.group, search: classes.search }}
      clearQueryOnClose
    >
      <Choices />
    </Spotlight.Root>
  );
}

function Choices() {
  const { t } = useTranslation(['common', 'inbox']);
  const [query, setQuery] = useState('');
  const places = usePlaces();
  const here = useHere();
  const people = usePeople(query.trim());
  const groups = [
    { title: t('palette.here'), acts: matching(here, query) },
    { title: t('palette.go'), acts: matching(places, query) },
    { title: t('palette.people'), acts: people },
  ].filter(({ acts }) => acts.length > 0);

  return (
    <>
      <Spotlight.Search
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch {...ICON} />}
        value={query}
        onChange={({ currentTarget: { value } }) => setQuery(value)}
      />
      <Spotlight.ActionsList>
        {groups.map(({ title, acts }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {acts.map(({ id, label, hint, icon, run }) => (
              <Spotlight.Action
                key={id}
                label={label}
                leftSection={icon}
                rightSection={hint && <kbd>{hint}</kbd>}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && (
          <Spotlight.Empty>{t('palette.nothing', { text: query })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </>
  );
}

const matching = (acts: Act[], query: string) =>
  acts.filter(({ label }) => plain(label).includes(plain(query.trim())));

function usePlaces(): Act[] {
  const { t } = useTranslation(['common', 'settings', 'inbox']);
  const navigate = useNavigate();
  const can = useCan();
  const shown = useShown();
  const tabs = ['serving', 'waiting', 'bot', 'closed'] as const;
  const inbox = tabs.map((tab) => ({
    id: tab,
    label: t(`inbox:tab.${tab}`),
    icon: <IconInbox {...ICON} />,
    ...(tab === 'serving' ? { hint: shown('go_inbox') } : {}),
    run: () => void navigate({ to: paths.inbox, search: { tab } }),
  }));
  const settings = settingsFor(can).map(({ word, to }, at) => ({
    id: word,
    label: t(`settings:${word}`),
    icon: <IconSettings {...ICON} />,
    ...(at === 0 ? { hint: shown('go_settings') } : {}),
    run: () => void navigate({ to }),
  }));
  const chat = {
    id: 'chat',
    label: t('nav.chat'),
    icon: <IconChat {...ICON} />,
    hint: shown('go_chat'),
    run: () => void navigate({ to: paths.chats }),
  };
  const start = {
    id: 'start',
    label: t('keys.name.start'),
    icon: <IconPlus {...ICON} />,
    hint: shown('start'),
    run: () => startConversation(),
  };
  return [
    ...(can('tickets.start') ? [start] : []),
    ...inbox,
    ...(can('chat.use') ? [chat] : []),
    ...settings,
  ];
}

/** The keys of the open conversation, as words: choosing one is pressing it. */
function useHere(): Act[] {
  const { t } = useTranslation(['common', 'inbox']);
  const shown = useShown();
  const names: ShortcutName[] = [
    'reply',
    'whisper',
    'transfer',
    'close',
    'snooze',
    'favourite',
    'tag',
  ];
  if (!document.querySelector('[role="log"]')) return [];
  return names.map((name) => ({
    id: name,
    label: t(`keys.name.${name}`),
    hint: shown(name),
    run: () => pressAfterClose(name),
  }));
}

/** The palette is a dialog, and keys belong to it until it is gone. */
function pressAfterClose(name: ShortcutName) {
  setTimeout(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    pressShortcut(name);
  }, 250);
}

function usePeople(query: string): Act[] {
  const navigate = useNavigate();
  const nameOf = usePersonName();
  const [q] = useDebouncedValue(query, 200);
  const found = useInfiniteQuery({
    ...ticketsQuery({ tab: 'serving', q }),
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
  });
  if (query.length < 2) return [];
  return (found.data?.pages[0]?.data ?? []).slice(0, PEOPLE).map((ticket) => ({
    id: String(ticket.id),
    label: nameOf(ticket.contact),
    hint: ticket.protocol,
    run: () =>
      void navigate({
        to: paths.ticket,
        params: { ticketId: String(ticket.id) },
        search: { tab: 'serving' },
      }),
  }));
}
