import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from '../editor';
import type { Way } from '../model/commands';
import { cardOf } from '../model/document';
import { outletsOf } from '../model/palette';
import { nameOfCard } from '../model/summary';
import { Targets } from '../Targets';
import { sayOutlet } from '../words';

type Props = { way: Way | undefined; onClose: () => void };

/** Where a way out leads: the same choice as in the list. */
export function WayDialog({ way, onClose }: Props) {
  const { t } = useTranslation('flows');
  const { document, types } = useEditor();
  const card = way && cardOf(document, way.from);
  const type = card && types.get(card.type);
  const outlet = card && outletsOf(type, card).find(({ name }) => name === way.outlet);
  const label =
    card && outlet ? t('way_to', { card: nameOfCard(card, type), way: sayOutlet(outlet) }) : '';
  return (
    <Dialog open={way !== undefined} title={label} onClose={onClose}>
      {way && <Targets {...way} label={label} onDone={onClose} />}
    </Dialog>
  );
}
