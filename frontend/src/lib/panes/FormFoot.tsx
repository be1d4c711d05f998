import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '../LeavingAsks';
import { RefusalLine } from '../refusal';
import { useShortcuts } from '../shortcuts';
import { SaveBar } from '@/ui/SaveBar';

type Props = {
  changes: number;
  saving: boolean;
  error: unknown;
  onSave: () => void;
  onDiscard: () => void;
};

/** What is not saved yet. Ctrl+S saves, and leaving asks. */
export function FormFoot({ changes, saving, error, onSave, onDiscard }: Props) {
  const { t } = useTranslation(['settings', 'common']);
  useShortcuts({ save: () => changes > 0 && onSave() });
  return (
    <>
      <RefusalLine error={error} />
      <SaveBar summary={changes > 0 ? t('unsaved', { count: changes }) : ''}>
        {changes > 0 && (
          <Button variant="subtle" onClick={onDiscard}>
            {t('common:discard')}
          </Button>
        )}
        <Button size="md" loading={saving} disabled={changes === 0} onClick={onSave}>
          {t('common:save')}
        </Button>
      </SaveBar>
      <LeavingAsks
        asks={changes > 0}
        title={t('leave.title')}
        text={t('leave.text', { count: changes })}
        discard={t('leave.discard')}
        stay={t('leave.stay')}
      />
    </>
  );
}
