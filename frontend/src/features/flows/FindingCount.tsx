import IconError from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconWarning from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { useTranslation } from 'react-i18next';
import { Chip } from '@/ui/Chip';

type Props = { errors: number; warnings: number };

/** What the check found, as figures with their words; nothing when there is nothing. */
export function FindingCount({ errors, warnings }: Props) {
  const { t } = useTranslation('flows');
  return (
    <>
      {errors > 0 && (
        <Chip tone="bad" icon={<IconError size={14} stroke={1.75} />}>
          {t('errors', { count: errors })}
        </Chip>
      )}
      {warnings > 0 && (
        <Chip tone="warn" icon={<IconWarning size={14} stroke={1.75} />}>
          {t('warnings', { count: warnings })}
        </Chip>
      )}
    </>
  );
}
