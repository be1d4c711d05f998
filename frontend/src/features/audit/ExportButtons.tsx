import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { useExport, type Format } from './api';
import type { AuditSearch } from './place';
import classes from './audit.module.css';

/** A file of what the filters leave, handed to the browser as a download. */
function hand(file: Blob, format: Format) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `audit.${format}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function ExportButtons({ search }: { search: AuditSearch }) {
  const { t } = useTranslation('audit');
  const file = useExport(useFormat().startOfDay);
  const ask = (format: Format) =>
    file.mutate(
      { format, search },
      {
        onSuccess: (blob) => hand(blob, format),
        onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)) }),
      },
    );
  return (
    <div className={classes.acts}>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          variant="default"
          loading={file.isPending && file.variables.format === format}
          onClick={() => ask(format)}
        >
          {t(`export.${format}`)}
        </Button>
      ))}
    </div>
  );
}
