import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Delayed } from '@/ui/Delayed';
import { RefusalState } from '../refusal';
import classes from './panes.module.css';

type Props<T> = {
  title: string;
  /** The first heading of a place that has no other above it. */
  heading?: 'h1' | 'h2';
  /** What one can do to the list as a whole. */
  act?: ReactNode;
  query: {
    data: { data: T[] } | undefined;
    isError: boolean;
    error: unknown;
    refetch: () => Promise<unknown>;
  };
  /** Between the head and the rows, and in its place whatever becomes of them. */
  top?: ReactNode;
  foot?: ReactNode;
  children: (rows: T[]) => ReactNode;
};

/** The list beside a page: its rows, or that they are on their way, or why they are not there. */
export function ListPane<T>({
  title,
  heading: Heading = 'h2',
  act,
  query,
  top,
  foot,
  children,
}: Props<T>) {
  const rows = query.data?.data;
  return (
    <section className={classes.list} aria-label={title} data-zone tabIndex={-1}>
      <header>
        <Heading>{title}</Heading>
        {act}
      </header>
      {top}
      <div className="scrolls">
        {rows ? (
          children(rows)
        ) : query.isError ? (
          <RefusalState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Delayed>
            <div className={classes.waiting}>
              <Skeleton height={40} mb={24} />
              <Skeleton height={40} />
            </div>
          </Delayed>
        )}
        {foot}
      </div>
    </section>
  );
}
