import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { auditQuery, type AuditEvent } from './api';
import type { AuditSearch } from './place';
import { AuditState } from './AuditState';
import { EventDialog } from './EventDialog';
import { ExportButtons } from './ExportButtons';
import { Filters } from './Filters';
import { useAuditWords } from './words';
import classes from './audit.module.css';

/** Who did what. The filters and the open row are in the address, so a finding can be sent on. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  const can = useCan();
  const search: AuditSearch = useSearch({ from: '/in/configuracoes/auditoria' });
  const navigate = useNavigate();
  const { startOfDay } = useFormat();
  const rows = useInfiniteQuery(auditQuery(search, startOfDay));
  const events = rows.data?.pages.flatMap(({ data }) => data);
  usePageMark(t('title'), 0);

  const go = (change: Partial<AuditSearch>) =>
    void navigate({ to: paths.audit, search: { ...search, ...change } });

  return (
    <WholePage
      title={t('title')}
      sub={<AuditState />}
      act={can('audit.export') && <ExportButtons search={search} />}
    >
      <Filters search={search} onChange={go} />
      <div className="scrolls">
        {rows.isError && !events ? (
          <RefusalState error={rows.error} onRetry={() => void rows.refetch()} />
        ) : !events ? (
          <div className={classes.loading}>
            <Skeleton height={44} mb={8} />
            <Skeleton height={44} mb={8} />
            <Skeleton height={44} />
          </div>
        ) : events.length === 0 ? (
          <EmptyState title={t('empty')} text={t('empty_why')} />
        ) : (
          <>
            <ul className={classes.rows} aria-label={t('title')}>
              {events.map((event) => (
                <li key={event.id}>
                  <EventRow event={event} onOpen={() => go({ event: event.id })} />
                </li>
              ))}
            </ul>
            {rows.hasNextPage && (
              <div className={classes.more}>
                <Button
                  variant="default"
                  loading={rows.isFetchingNextPage}
                  onClick={() => void rows.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
      <EventDialog
        event={events?.find(({ id }) => id === search.event)}
        onClose={() => go({ event: undefined })}
      />
    </WholePage>
  );
}

function EventRow({ event, onOpen }: { event: AuditEvent; onOpen: () => void }) {
  const { actionOf, actorOf, subjectOf } = useAuditWords();
  const format = useFormat();
  return (
    <button type="button" className={classes.row} onClick={onOpen}>
      <time className="num" dateTime={event.at} title={format.exact(event.at)}>
        {format.day(event.at)}, {format.time(event.at)}
      </time>
      <b className="cut">{actionOf(event.action)}</b>
      <span className="cut">{actorOf(event)}</span>
      <span className="cut">{subjectOf(event)}</span>
    </button>
  );
}
