import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { useKeepYears } from './api';
import classes from './audit.module.css';

const YEARS = Array.from({ length: 10 }, (_, index) => index + 1);

/** For how long the trail is kept, and another word on it from whoever may say so. */
export function KeptYears({ years }: { years: number }) {
  const { t } = useTranslation('audit');
  const can = useCan();
  const [asking, setAsking] = useState(false);
  if (!can('retention.manage')) return <span>{t('kept', { count: years })}</span>;
  return (
    <>
      <button type="button" className={classes.kept} onClick={() => setAsking(true)}>
        {t('kept', { count: years })}
      </button>
      {asking && <YearsDialog years={years} onClose={() => setAsking(false)} />}
    </>
  );
}

function YearsDialog({ years, onClose }: { years: number; onClose: () => void }) {
  const { t } = useTranslation(['audit', 'common']);
  const keep = useKeepYears();
  const [wanted, setWanted] = useState(years);
  return (
    <Dialog open title={t('keep.title')} width={440} onClose={onClose}>
      <div className={classes.keep}>
        <p>{t('keep.text')}</p>
        <Select
          label={t('keep.years')}
          allowDeselect={false}
          data={YEARS.map((count) => ({ value: String(count), label: t('years', { count }) }))}
          value={String(wanted)}
          onChange={(next) => next && setWanted(Number(next))}
        />
        {wanted < years && <p role="note">{t('keep.less')}</p>}
        <RefusalLine error={keep.error} />
        <div>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            loading={keep.isPending}
            disabled={wanted === years}
            onClick={() => keep.mutate(wanted, { onSuccess: onClose })}
          >
            {t('common:save')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
