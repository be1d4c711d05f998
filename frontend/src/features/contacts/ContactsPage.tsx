import { Button } from '@mantine/core';
import IconBlock from '@tabler/icons-react/dist/esm/icons/IconBan.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconStop from '@tabler/icons-react/dist/esm/icons/IconMessageOff.mjs';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { phone } from '@/lib/format';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { useCan, useFormat } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { bookQuery, type ContactLine } from './api';
import { BookFilters } from './BookFilters';
import classes from './contacts.module.css';

const route = getRouteApi('/in/contatos');

export function ContactsPage() {
  const { t } = useTranslation('contacts');
  usePageMark(t('title'), 0);
  return <Panes home={paths.contacts} list={<Book />} />;
}

export function NoContactOpen() {
  const { t } = useTranslation('contacts');
  return (
    <Blank>
      <EmptyState title={t('none_open')} />
    </Blank>
  );
}

function Book() {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const search = route.useSearch();
  const book = useInfiniteQuery({ ...bookQuery(search), placeholderData: keepPreviousData });
  const lines = book.data?.pages.flatMap(({ data }) => data);
  const count = book.data?.pages[0]?.count;
  const query = {
    data: lines && { data: lines },
    isError: book.isError,
    error: book.error,
    refetch: book.refetch,
  };
  return (
    <ListPane
      title={t('title')}
      heading="h1"
      query={query}
      act={
        can('contacts.create') && (
          <Button
            variant="default"
            component={Link}
            to={paths.newContact}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('new')}
          </Button>
        )
      }
      top={<BookFilters search={search} />}
      foot={
        book.hasNextPage && (
          <div className={classes.more}>
            <Button
              variant="default"
              loading={book.isFetchingNextPage}
              onClick={() => void book.fetchNextPage()}
            >
              {t('more')}
            </Button>
          </div>
        )
      }
    >
      {(rows) =>
        rows.length === 0 ? (
          <NobodyFound isFiltered={Object.values(search).some(Boolean)} />
        ) : (
          <>
            <p className={classes.count} role="status">
              {t('count', { count: count ?? rows.length, shown: shownCount(count ?? rows.length) })}
            </p>
            <ul>
              {rows.map((line) => (
                <li key={line.id}>
                  <Row line={line} />
                </li>
              ))}
            </ul>
          </>
        )
      }
    </ListPane>
  );
}

const MOST = 1000;
const shownCount = (count: number) => (count >= MOST ? `${MOST - 1}+` : String(count));

function NobodyFound({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  return (
    <EmptyState
      title={t(isFiltered ? 'nobody_found' : 'nobody_yet')}
      text={t(isFiltered ? 'nobody_found_text' : 'nobody_yet_text')}
      action={
        !isFiltered &&
        can('contacts.create') && (
          <Button variant="default" component={Link} to={paths.newContact}>
            {t('begin')}
          </Button>
        )
      }
    />
  );
}

function Row({ line }: { line: ContactLine }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const address = line.phone?.includes('•') ? line.phone : line.phone && phone(line.phone);
  const name = line.name || address || t('nameless');
  return (
    <Link
      to={paths.person}
      params={{ contactId: String(line.id) }}
      search={(place) => place}
      className={panes.row}
    >
      <Avatar name={name} />
      <b className="cut">{name}</b>
      {line.is_blocked ? (
        <Chip tone="bad" icon={<IconBlock size={13} stroke={2} aria-hidden="true" />}>
          {t('blocked.chip')}
        </Chip>
      ) : line.consent === 'withdrawn' ? (
        <Chip tone="warn" icon={<IconStop size={13} stroke={2} aria-hidden="true" />}>
          {t('consent.chip')}
        </Chip>
      ) : (
        <time className={`${classes.when} num`} dateTime={line.active_at}>
          {format.moment(line.active_at)}
        </time>
      )}
      <small className="cut num">
        {[address, line.email].filter(Boolean).join(' · ') || t('no_address')}
      </small>
    </Link>
  );
}
