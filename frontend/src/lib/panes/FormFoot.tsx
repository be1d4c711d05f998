import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '../refusal';
import { useShortcuts } from '../shortcuts';
import { Dialog } from '@/ui/Dialog';
import { SaveBar } from '@/ui/SaveBar';
import classes from './form.module.css';

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
      <LeavingAsks changes={changes} />
    </>
  );
}

function LeavingAsks({ changes }: { changes: number }) {
  const { t } = useTranslation('settings');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => changes > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: () => changes > 0,
    withResolver: true,
  });
  const stay = () => blocker.reset?.();
  return (
    <Dialog open={blocker.status === 'blocked'} title={t('leave.title')} width={440} onClose={stay}>
      <p>{t('leave.text', { count: changes })}</p>
      <div className={classes.acts}>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave.discard')}
        </Button>
        <Button onClick={stay} data-autofocus>
          {t('leave.stay')}
        </Button>
      </div>
    </Dialog>
  );
}
