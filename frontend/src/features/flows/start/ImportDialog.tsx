import { Button, Checkbox, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { useCheckImport, useImport, type Bundle, type Mapping as Chosen } from '../api';
import { ImportReport } from './ImportReport';
import { whatOneMakes } from './kinds';
import { Mapping } from './Mapping';
import { Outcome } from './Outcome';
import classes from '../flows.module.css';

type Props = { open: boolean; onClose: () => void };

/** A file of ours, what taking it in would do, and only then the act. */
export function ImportDialog({ open, onClose }: Props) {
  const { t } = useTranslation('flows');
  return (
    <Dialog open={open} title={t('import.title')} width={560} onClose={onClose}>
      <ImportForm onClose={onClose} />
    </Dialog>
  );
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const makes = whatOneMakes(useCan());
  const check = useCheckImport();
  const act = useImport();
  const [bundle, setBundle] = useState<Bundle>();
  const [creates, setCreates] = useState(false);
  const [mapping, setMapping] = useState<Chosen>([]);
  const [isForeign, setForeign] = useState(false);

  const ask = (next: Bundle, creates_missing: boolean, chosen: Chosen) => {
    setBundle(next);
    setCreates(creates_missing);
    setMapping(chosen);
    act.reset();
    check.mutate({ bundle: next, creates_missing, mapping: chosen });
  };
  const read = async (file: File | null) => {
    if (!file) return;
    const value = await file
      .text()
      .then(
        (text): unknown => JSON.parse(text),
        () => undefined,
      )
      .catch(() => undefined);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    setForeign(!isObject);
    check.reset();
    if (isObject) ask(value as Bundle, creates, []);
  };
  const take = () => {
    if (bundle) act.mutate({ bundle, creates_missing: creates, mapping });
  };
  if (act.data) return <Outcome report={act.data} onClose={onClose} />;

  return (
    <div className={classes.import}>
      <p>{t('import.text')}</p>
      <FileButton onChange={(file) => void read(file)} accept="application/json,.json">
        {(props) => (
          <Button variant="default" {...props} data-autofocus>
            {t(bundle ? 'import.other_file' : 'import.file')}
          </Button>
        )}
      </FileButton>
      {isForeign && (
        <p role="alert" className={classes.wrong}>
          {t('import.foreign')}
        </p>
      )}
      <RefusalLine error={check.error ?? act.error} />
      {check.data && bundle && (
        <>
          <ImportReport report={check.data} />
          <Mapping
            report={check.data}
            mapping={mapping}
            onChange={(chosen) => ask(bundle, creates, chosen)}
          />
          {makes && (
            <Checkbox
              label={t(makes)}
              checked={creates}
              onChange={({ currentTarget: { checked } }) => ask(bundle, checked, mapping)}
            />
          )}
        </>
      )}
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button loading={check.isPending || act.isPending} disabled={!check.data} onClick={take}>
          {t('import.run')}
        </Button>
      </div>
    </div>
  );
}
