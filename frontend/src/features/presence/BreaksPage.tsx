import { Button, Skeleton } from '@mantine/core';
import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { reasonsQuery, useOrderReasons, type BreakReason } from './api';
import { Dot } from './Dot';
import { LimitsSection } from './LimitsSection';
import { ReasonDialog } from './ReasonDialog';
import classes from './presence.module.css';

/** Why people may take a break, for how long, and how many of them at once. */
export function BreaksPage() {
  const { t } = useTranslation('presence');
  const reasons = useQuery(reasonsQuery);
  const [open, setOpen] = useState<BreakReason | 'new'>();
  const rows = reasons.data?.data;
  usePageMark(t('settings.title'), 0);
  return (
    <WholePage
      title={t('settings.title')}
      sub={<p>{t('settings.lead')}</p>}
      act={
        <Button leftSection={<IconPlus size={16} stroke={1.75} />} onClick={() => setOpen('new')}>
          {t('settings.new')}
        </Button>
      }
    >
      <div className="scrolls">
        {reasons.isError && !rows ? (
          <RefusalState error={reasons.error} onRetry={() => void reasons.refetch()} />
        ) : !rows ? (
          <div className={classes.loading}>
            <Skeleton height={48} mb={8} />
            <Skeleton height={48} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            title={t('settings.empty')}
            text={t('settings.empty_why')}
            action={
              <Button variant="default" onClick={() => setOpen('new')}>
                {t('settings.begin')}
              </Button>
            }
          />
        ) : (
          <ReasonRows rows={rows} onEdit={setOpen} />
        )}
        <LimitsSection />
      </div>
      {open && (
        <ReasonDialog
          reason={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </WholePage>
  );
}

type RowsProps = { rows: BreakReason[]; onEdit: (reason: BreakReason) => void };

function ReasonRows({ rows, onEdit }: RowsProps) {
  const { t } = useTranslation('presence');
  const order = useOrderReasons();
  const move = (from: number, to: number) => {
    const ids = rows.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved === undefined || to < 0 || to >= rows.length) return;
    ids.splice(to, 0, moved);
    order.mutate(ids);
  };
  return (
    <>
      <RefusalLine error={order.error} />
      <ul aria-label={t('settings.reasons')}>
        {rows.map((reason, at) => (
          <li key={reason.id} className={classes.row}>
            <Dot color={reason.color} />
            <div className={classes.who}>
              <b className="cut">{reason.name}</b>
              <small className="num">{t('settings.minutes', { count: reason.planned_min })}</small>
            </div>
            {!reason.is_active && <Chip>{t('settings.inactive')}</Chip>}
            <span className={classes.acts}>
              <IconButton
                label={t('settings.up', { name: reason.name })}
                aria-disabled={at === 0}
                data-disabled={at === 0 || undefined}
                onClick={() => move(at, at - 1)}
              >
                <IconUp size={16} stroke={1.75} />
              </IconButton>
              <IconButton
                label={t('settings.down', { name: reason.name })}
                aria-disabled={at === rows.length - 1}
                data-disabled={at === rows.length - 1 || undefined}
                onClick={() => move(at, at + 1)}
              >
                <IconDown size={16} stroke={1.75} />
              </IconButton>
              <IconButton
                label={t('settings.edit', { name: reason.name })}
                onClick={() => onEdit(reason)}
              >
                <IconPencil size={16} stroke={1.75} />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
