import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import type { ReactNode } from 'react';
import { RefusalLine } from '@/lib/refusal';
import { Delayed } from '@/ui/Delayed';
import classes from './panel.module.css';

type FoldProps = {
  title: string;
  count?: number | undefined;
  open?: boolean;
  children: ReactNode;
};

/** A folding part of the panel, of what is there already. */
export function Fold({ title, count, open = false, children }: FoldProps) {
  return (
    <details className={classes.block} open={open}>
      <summary>
        <IconChevron size={14} stroke={1.75} aria-hidden="true" />
        {title}
        <span className="num">{count === undefined || count === 0 ? '' : count}</span>
      </summary>
      {children}
    </details>
  );
}

type Props<T> = Omit<FoldProps, 'children'> & {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
};

/** A folding part of the panel, with its own loading and its own failure. */
export function Block<T>({ query, children, ...fold }: Props<T>) {
  return (
    <Fold {...fold}>
      {query.isError && query.data === undefined ? (
        <RefusalLine error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Delayed>
          <Skeleton height={36} />
        </Delayed>
      ) : (
        children(query.data)
      )}
    </Fold>
  );
}
