import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { useCancelExport, useDownloadExport, type Export } from './api';
import classes from './contacts.module.css';

/** One export: how far it is, and the file when it is there. */
export function ExportLine({ one }: { one: Export }) {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  return (
    <>
      <span className={classes.what}>
        <b>
          {t(`export.as.${one.format}`)} · {format.moment(one.created_at)}
        </b>
        <small aria-live={one.state === 'running' ? 'polite' : undefined}>
          {t(`export.state.${one.state}`)}
          {one.state === 'running' || one.state === 'done'
            ? ` · ${t('export.lines', { count: one.done_count })}`
            : ''}
          {one.state === 'done' ? ` · ${format.bytes(one.size_bytes)}` : ''}
          {one.state === 'failed' && one.why === 'too_many_lines'
            ? ` · ${t('export.too_many')}`
            : ''}
        </small>
        {one.state === 'running' && (
          <Progress mt={6} value={percent(one)} aria-label={t('export.progress')} />
        )}
      </span>
      {one.state === 'running' && <Cancel id={one.id} />}
      {one.state === 'done' && <Download one={one} />}
    </>
  );
}

const percent = ({ done_count, total_count }: Export) =>
  total_count ? Math.min(100, Math.round((100 * done_count) / total_count)) : 0;

function Cancel({ id }: { id: number }) {
  const { t } = useTranslation('contacts');
  const cancel = useCancelExport();
  return (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
      {t('export.cancel')}
    </Button>
  );
}

function Download({ one }: { one: Export }) {
  const { t } = useTranslation('contacts');
  const download = useDownloadExport();
  return (
    <Button
      variant="default"
      loading={download.isPending}
      onClick={() =>
        download.mutate(one.id, {
          onSuccess: (file) =>
            hand(file, `${t('export.file')}-${one.created_at.slice(0, 10)}.${one.format}`),
          onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)) }),
        })
      }
    >
      {t('export.download')}
    </Button>
  );
}

/** To the browser, as a file of this name. */
function hand(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
