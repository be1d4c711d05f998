import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePageMark } from '../page-mark';
import { RefusalState } from '../refusal';
import { Detail } from './Detail';
import panes from './panes.module.css';

type Props<T> = {
  title: string;
  lead: string;
  query: UseQueryResult<T>;
  children: (saved: T) => ReactNode;
};

/** One form over one answer of the server: its title, its loading, its failure. */
export function SettingsPane<T>({ title, lead, query, children }: Props<T>) {
  usePageMark(title, 0);
  return (
    <Detail title={title} sub={lead}>
      {query.data !== undefined ? (
        children(query.data)
      ) : query.isError ? (
        <RefusalState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <div className={panes.scroll}>
          <Skeleton height={160} />
        </div>
      )}
    </Detail>
  );
}
