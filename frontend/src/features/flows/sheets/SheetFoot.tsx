import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LeavingAsks } from '@/lib/LeavingAsks';
import { FormFoot } from '@/lib/panes/FormFoot';
import { SaveBar } from '@/ui/SaveBar';
import { useEditor } from '../editor';

type Props = { changes: number; onSave: () => void; onDiscard: () => void };

/** What is written in a sheet is saved by who holds the pencil; if it went elsewhere meanwhile, it stays here and waits. */
export function SheetFoot({ changes, onSave, onDiscard }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const { mayEdit } = useEditor();
  if (mayEdit)
    return (
      <FormFoot
        changes={changes}
        saving={false}
        error={undefined}
        onSave={onSave}
        onDiscard={onDiscard}
      />
    );
  if (changes === 0) return null;
  return (
    <>
      <SaveBar summary={t('pencil.waits')}>
        <Button variant="subtle" onClick={onDiscard}>
          {t('common:discard')}
        </Button>
      </SaveBar>
      <LeavingAsks
        asks
        title={t('leave.title')}
        text={t('pencil.waits')}
        discard={t('leave.discard')}
        stay={t('leave.stay')}
      />
    </>
  );
}
