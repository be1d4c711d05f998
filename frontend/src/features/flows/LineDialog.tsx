import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Dialog } from '@/ui/Dialog';

type Props = {
  /** Where the line leads, by name. */
  now: string;
  /** Where it would lead instead; nowhere: it goes. */
  to: string | undefined;
  onClose: () => void;
  onYes: () => void;
};

/** A way out leads to one card: another in its place, or none, is asked about. */
export function LineDialog({ now, to, onClose, onYes }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const isGoing = to === undefined;
  return (
    <Dialog
      open
      width={440}
      title={isGoing ? t('canvas.cut_line', { now }) : t('canvas.swap', { to })}
      onClose={onClose}
    >
      <p>{isGoing ? t('canvas.cut_line_text') : t('canvas.swap_text', { now })}</p>
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button data-autofocus {...(isGoing ? { color: 'red' } : {})} onClick={onYes}>
          {t(isGoing ? 'remove' : 'canvas.swap_act')}
        </Button>
      </div>
    </Dialog>
  );
}
