import { Button, Skeleton } from '@mantine/core';
import IconMerge from '@tabler/icons-react/dist/esm/icons/IconArrowMerge.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useShown } from '@/lib/shortcuts';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { tagsQuery, type Tag } from './api';
import { MergeDialog } from './MergeDialog';
import { TagDialog } from './TagDialog';
import { TypesSection } from './TypesSection';
import classes from './tags.module.css';

type Open = { kind: 'new' } | { kind: 'edit' | 'merge'; tag: Tag };

export function TagsPage() {
  const { t } = useTranslation('tags');
  const can = useCan();
  const shown = useShown();
  const tags = useQuery(tagsQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const rows = tags.data?.data;
  usePageMark(t('title'), 0);

  return (
    <WholePage
      title={t('title')}
      sub={<p>{t('lead')}</p>}
      act={
        can('tags.create') && (
          <Button
            leftSection={<IconPlus size={16} stroke={1.75} />}
            onClick={() => setOpen({ kind: 'new' })}
          >
            {t('new')}
          </Button>
        )
      }
    >
      <div className="scrolls">
        {tags.isError && !rows ? (
          <RefusalState error={tags.error} onRetry={() => void tags.refetch()} />
        ) : !rows ? (
          <div className={classes.loading}>
            <Skeleton height={48} mb={8} />
            <Skeleton height={48} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            title={t('empty')}
            text={t('empty_why', { key: shown('tag') })}
            action={
              can('tags.create') && (
                <Button variant="default" onClick={() => setOpen({ kind: 'new' })}>
                  {t('begin')}
                </Button>
              )
            }
          />
        ) : (
          <ul aria-label={t('list')}>
            {rows.map(({ tag, ...uses }) => (
              <li key={tag.id} className={classes.row}>
                <div>
                  <p className={classes.name} data-color={tag.color}>
                    <i aria-hidden="true" />
                    <b className="cut">{tag.name}</b>
                    {!tag.is_active && <Chip>{t('archived')}</Chip>}
                  </p>
                  {tag.description && <small>{tag.description}</small>}
                  <small className="num">
                    {t('use.tickets', { count: uses.tickets })} ·{' '}
                    {t('use.messages', { count: uses.messages })} ·{' '}
                    {t('use.contacts', { count: uses.contacts })}
                  </small>
                </div>
                <span className={classes.rowActs}>
                  <IconButton
                    label={t('edit', { name: tag.name })}
                    onClick={() => setOpen({ kind: 'edit', tag })}
                  >
                    <IconPencil size={16} stroke={1.75} />
                  </IconButton>
                  <IconButton
                    label={t('merge', { name: tag.name })}
                    onClick={() => setOpen({ kind: 'merge', tag })}
                  >
                    <IconMerge size={16} stroke={1.75} />
                  </IconButton>
                </span>
              </li>
            ))}
          </ul>
        )}
        <TypesSection />
      </div>
      {(open?.kind === 'new' || open?.kind === 'edit') && (
        <TagDialog tag={open.kind === 'edit' ? open.tag : undefined} onClose={close} />
      )}
      {open?.kind === 'merge' && (
        <MergeDialog tag={open.tag} all={rows?.map(({ tag }) => tag) ?? []} onClose={close} />
      )}
    </WholePage>
  );
}
