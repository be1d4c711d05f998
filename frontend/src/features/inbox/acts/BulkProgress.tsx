import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Bulk } from './api';
import classes from './acts.module.css';

/** How far an act on many tickets is; it goes on without anybody looking. */
export function BulkProgress({ bulk, onCancel }: { bulk: Bulk; onCancel: () => void }) {
  const { t } = useTranslation(['acts', 'common']);
  const over = bulk.done + bulk.refused;
  const total = over + bulk.pending;
  const words =
    bulk.state === 'collecting' ? t('bulk.collecting') : t('bulk.progress', { done: over, total });
  return (
    <>
      <div className={classes.bulkLine}>
        <span className="num" role="status">
          {t(`bulk.act.${bulk.act}`)} · {words}
        </span>
        <Button size="xs" variant="subtle" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
      </div>
      <Progress value={total === 0 ? 0 : (100 * over) / total} aria-label={words} />
    </>
  );
}
