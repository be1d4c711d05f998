import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconExport from '@tabler/icons-react/dist/esm/icons/IconFileExport.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import { paths } from '@/lib/paths';
import { plain } from '@/lib/plain';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { Refusal } from '@/api/refusal';
import { chatsQuery, peopleQuery, useOpenChat } from './api';
import { ChatRow, PersonRow } from './ChatRows';
import { ExportDialog } from './ExportDialog';
import { unreadOf, unreadQuery } from './unread';
import classes from './chat.module.css';

/** What colleagues say to one another, beside what is open of it. */
export function ChatPage() {
  const { t } = useTranslation('chat');
  const can = useCan();
  const { data } = useQuery({ ...unreadQuery, enabled: can('chat.use') });
  usePageMark(t('title'), unreadOf(data));
  if (!can('chat.use'))
    return (
      <Blank>
        <RefusalState
          error={new Refusal({ slug: 'permission_denied', status: 403 })}
          onRetry={() => undefined}
        />
      </Blank>
    );
  return <Panes home={paths.chats} list={<Chats />} />;
}

export function NoChatOpen() {
  const { t } = useTranslation('chat');
  return (
    <Blank>
      <EmptyState title={t('none_open')} text={t('none_open_text')} />
    </Blank>
  );
}

function Chats() {
  const { t } = useTranslation('chat');
  const can = useCan();
  const [words, setWords] = useState('');
  const [exporting, setExporting] = useState(false);
  const [q] = useDebouncedValue(words.trim(), 200);
  const chats = useInfiniteQuery({ ...chatsQuery(q), placeholderData: keepPreviousData });
  const rows = chats.data?.pages.flatMap(({ data }) => data);
  return (
    <>
      <ListPane
        title={t('title')}
        heading="h1"
        query={{
          data: rows && { data: rows },
          isError: chats.isError,
          error: chats.error,
          refetch: chats.refetch,
        }}
        act={
          can('chat.export') && (
            <IconButton label={t('export.open')} onClick={() => setExporting(true)}>
              <IconExport size={18} stroke={1.75} />
            </IconButton>
          )
        }
        top={
          <div className={classes.search}>
            <TextInput
              type="search"
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={16} stroke={1.75} />}
              value={words}
              onChange={({ currentTarget: { value } }) => setWords(value)}
              data-search
            />
          </div>
        }
        foot={
          chats.hasNextPage && (
            <div className={classes.more}>
              <Button
                variant="default"
                loading={chats.isFetchingNextPage}
                onClick={() => void chats.fetchNextPage()}
              >
                {t('more')}
              </Button>
            </div>
          )
        }
      >
        {(found) => (
          <>
            {found.length > 0 && (
              <ul aria-label={t('conversations')}>
                {found.map((chat) => (
                  <li key={chat.id}>
                    <ChatRow chat={chat} />
                  </li>
                ))}
              </ul>
            )}
            <People q={words.trim()} isFirst={found.length === 0} />
          </>
        )}
      </ListPane>
      {exporting && <ExportDialog onClose={() => setExporting(false)} />}
    </>
  );
}

/** Whom one can talk to: those one does not talk with yet, and when searching all of them. */
function People({ q, isFirst }: { q: string; isFirst: boolean }) {
  const { t } = useTranslation('chat');
  const navigate = useNavigate();
  const can = useCan();
  const { data } = useQuery(peopleQuery);
  const open = useOpenChat();
  const people = (data?.data ?? []).filter(
    ({ name, chat_id }) => chat_id === null && plain(name).includes(plain(q)),
  );
  if (data && people.length === 0)
    return isFirst ? (
      <EmptyState
        title={t(q ? 'nobody_found' : 'nobody_yet')}
        text={t('nobody_text')}
        action={
          !q &&
          can('users.invite') && (
            <Button variant="default" component={Link} to={paths.members}>
              {t('to_members')}
            </Button>
          )
        }
      />
    ) : null;
  return (
    <>
      <h2 className={classes.people}>{t('people')}</h2>
      <RefusalLine error={open.error} />
      <ul aria-label={t('people')}>
        {people.map((person) => (
          <li key={person.member_id}>
            <PersonRow
              person={person}
              onOpen={() =>
                open.mutate(person.member_id, {
                  onSuccess: ({ id }) =>
                    void navigate({ to: paths.chat, params: { chatId: String(id) } }),
                })
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}
