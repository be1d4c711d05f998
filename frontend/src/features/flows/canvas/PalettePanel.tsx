import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { useEditor } from '../editor';
import type { CardType } from '../model/palette';
import { PaletteList } from '../PaletteDialog';
import classes from './canvas.module.css';

/** What a dragged type is called while it is carried. */
export const TYPE_CARRIED = 'application/x-balcao-card';

type Props = { onPick: (type: CardType) => void; onClose: () => void };

/** Every type of card beside the canvas: to be dragged onto it, or clicked. */
export function PalettePanel({ onPick, onClose }: Props) {
  const { t } = useTranslation('flows');
  const { list } = useEditor();
  return (
    <section className={classes.palette} aria-label={t('palette.title')}>
      <header>
        <h2>{t('palette.title')}</h2>
        <IconButton size={32} label={t('close_sheet')} onClick={onClose}>
          <IconClose size={18} stroke={1.75} />
        </IconButton>
      </header>
      <div className="scrolls">
        <PaletteList
          types={list}
          onPick={onPick}
          onDrag={(type, data) => {
            data.setData(TYPE_CARRIED, type.type);
            data.effectAllowed = 'copy';
          }}
        />
      </div>
    </section>
  );
}
