import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { EmptyState } from '@/ui/EmptyState';
import { duplicatesQuery } from './api';
import { PairCard } from './PairCard';
import { usePlaceName } from './usePlaceName';
import classes from './contacts.module.css';

export function DuplicatesPage() {
  const { t } = useTranslation('contacts');
  const found = useInfiniteQuery(duplicatesQuery);
  const pairs = found.data?.pages.flatMap(({ data }) => data);
  usePageMark(t('merge.title'), 0);
  return (
    <Detail
      title={t('merge.title')}
      place={usePlaceName()}
      sub={t('merge.lead')}
      back={{ to: paths.contacts, label: t('back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          {found.isError && !pairs && (
            <RefusalState error={found.error} onRetry={() => void found.refetch()} />
          )}
          {pairs?.length === 0 && !found.hasNextPage && (
            <EmptyState title={t('merge.none')} text={t('merge.none_text')} />
          )}
          <ul className={classes.section} aria-label={t('merge.title')}>
            {pairs?.map((pair) => (
              <PairCard key={`${pair.contact.id}-${pair.other.id}`} pair={pair} />
            ))}
          </ul>
          {found.hasNextPage && (
            <Button
              variant="default"
              loading={found.isFetchingNextPage}
              onClick={() => void found.fetchNextPage()}
            >
              {t('merge.further')}
            </Button>
          )}
        </div>
      </div>
    </Detail>
  );
}
