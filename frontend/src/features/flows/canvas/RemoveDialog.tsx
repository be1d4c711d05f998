import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from '../editor';
import { nameIn } from '../model/summary';
import { sizeOfSelection, type Selection } from './useSelection';

type Props = {
  doomed: Selection | undefined;
  onClose: () => void;
  onRemove: (selection: Selection) => void;
};

/** Nothing goes without a word, though everything can be undone. */
export function RemoveDialog({ doomed, onClose, onRemove }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const { document, types } = useEditor();
  if (!doomed) return <Dialog open={false} title="" onClose={onClose} children={null} />;
  const { cards } = doomed;
  const count = sizeOfSelection(doomed);
  const [first = ''] = cards;
  const lines = document.connectors.filter(
    ({ from, to }) => cards.includes(from) || cards.includes(to),
  ).length;
  const title =
    count === 1 && cards.length === 1
      ? t('remove_card', { name: nameIn(document, types, first) ?? first })
      : t('canvas.remove_many', { count });
  return (
    <Dialog open width={440} title={title} onClose={onClose}>
      <p>
        {t('canvas.remove_text')} {lines > 0 && t('canvas.lines_too', { count: lines })}
      </p>
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          data-autofocus
          onClick={() => {
            onClose();
            onRemove(doomed);
          }}
        >
          {t('remove')}
        </Button>
      </div>
    </Dialog>
  );
}
