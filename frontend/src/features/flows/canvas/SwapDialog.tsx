import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from '../editor';
import { connect } from '../model/commands';
import { nameIn } from '../model/summary';
import type { Swap } from './useBoardActs';

type Props = { swap: Swap | undefined; onClose: () => void };

/** A way out leads to one card: another in its place is asked about. */
export function SwapDialog({ swap, onClose }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const { document, types, act } = useEditor();
  const named = (id: string | undefined) => (id && nameIn(document, types, id)) ?? '';
  return (
    <Dialog
      open={swap !== undefined}
      width={440}
      title={t('canvas.swap', { to: named(swap?.to) })}
      onClose={onClose}
    >
      <p>{t('canvas.swap_text', { now: named(swap?.now) })}</p>
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            onClose();
            if (swap) act(connect(document, swap.way.from, swap.way.outlet, swap.to));
          }}
        >
          {t('canvas.swap_act')}
        </Button>
      </div>
    </Dialog>
  );
}
