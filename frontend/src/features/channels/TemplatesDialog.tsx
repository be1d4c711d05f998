import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { TEMPLATES_MOST, templatesQuery, type TemplateBook } from '@/lib/templates/api';
import { sayNetworkWord } from '@/lib/templates/words';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import type { Channel } from './api';
import { isReading } from './reading';
import { useRefreshTemplates } from './templates';
import { TemplateRow } from './TemplateRow';
import classes from './templates.module.css';

const IDLE_MS = 200;
const LOOK_AGAIN_MS = 1500;
const STATUSES = ['approved', 'pending', 'rejected', 'paused', 'disabled', 'gone'];

type Props = { channel: Channel; open: boolean; onClose: () => void };

/** What the network approved for this channel's account, as of when, and how each looks. */
export function TemplatesDialog({ channel, open, onClose }: Props) {
  const { t } = useTranslation('templates');
  const [text, setText] = useState('');
  const [status, setStatus] = useState<string | null>(null);
  const [q] = useDebouncedValue(text.trim(), IDLE_MS);
  const refresh = useRefreshTemplates(channel.id);
  const askedAt = refresh.data?.wanted_at ?? null;
  const list = useQuery({
    ...templatesQuery({ channel_id: channel.id, ...(q && { q }), ...(status && { status }) }),
    enabled: open,
    refetchInterval: ({ state }) =>
      isReading(state.data?.books[0], askedAt) ? LOOK_AGAIN_MS : false,
  });
  const book = list.data?.books[0];
  const rows = list.data?.data;
  const isFiltered = q !== '' || status !== null;
  return (
    <Dialog open={open} title={t('title')} width={640} onClose={onClose}>
      <p className={classes.lead}>{t('lead')}</p>
      <Freshness
        book={book}
        isBusy={refresh.isPending || isReading(book, askedAt)}
        onRefresh={() => refresh.mutate()}
      />
      <RefusalLine error={refresh.error} />
      <div className={classes.filters}>
        <TextInput
          role="searchbox"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} stroke={1.75} />}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
        <Select
          aria-label={t('status_filter')}
          placeholder={t('all')}
          clearable
          data={STATUSES.map((value) => ({ value, label: sayNetworkWord('status', value) }))}
          value={status}
          onChange={setStatus}
        />
      </div>
      {list.isError && !rows && (
        <RefusalState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <div className={classes.loading} role="status" aria-label={t('list')} />}
      {rows?.length === 0 && (
        <EmptyState
          tile={false}
          title={t(isFiltered ? 'none_found' : 'none')}
          {...(isFiltered ? {} : { text: t('none_text') })}
        />
      )}
      <ul className={classes.list} aria-label={t('list')}>
        {rows?.map((template) => (
          <TemplateRow key={template.id} template={template} />
        ))}
      </ul>
      {list.data?.next && <p className={classes.lead}>{t('most', { count: TEMPLATES_MOST })}</p>}
    </Dialog>
  );
}

type FreshnessProps = { book: TemplateBook | undefined; isBusy: boolean; onRefresh: () => void };

/** As of when, and why not of now. */
function Freshness({ book, isBusy, onRefresh }: FreshnessProps) {
  const { t } = useTranslation('templates');
  const can = useCan();
  const format = useFormat();
  return (
    <div className={classes.fresh}>
      <div aria-live="polite">
        {isBusy
          ? t('refreshing')
          : book?.read_at
            ? t('as_of', { when: format.moment(book.read_at) })
            : t('never')}
        {!isBusy && book?.why && (
          <>
            <p>{t('failed')}</p>
            <RefusalLine error={new Refusal({ slug: book.why, status: 0 })} />
          </>
        )}
      </div>
      {can('templates.manage') && (
        <Button
          size="xs"
          variant="default"
          loading={isBusy}
          leftSection={<IconRefresh size={14} stroke={1.75} />}
          onClick={onRefresh}
        >
          {t('refresh')}
        </Button>
      )}
    </div>
  );
}
