import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import { FlowMap } from '../canvas/FlowMap';
import type { FlowDocument } from '../model/document';
import type { CardType } from '../model/palette';
import type { FunnelCard } from './api';
import classes from './results.module.css';

type Props = {
  cards: FunnelCard[];
  document: FlowDocument;
  types: ReadonlyMap<string, CardType>;
};

/** The same over the drawing: who came to each card, who was lost there, how many took each way. */
export function ResultsMap({ cards, document, types }: Props) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { share } = useFigures();
  const badges = new Map(
    cards.map((card) => [
      card.card,
      <span key={card.card} className={classes.badge}>
        {t('results.entries', { count: card.entries })}
        {card.abandoned > 0 && ` · ${t('results.lost', { share: share(card.abandonment_rate) })}`}
      </span>,
    ]),
  );
  const ways = new Map(
    cards.flatMap(({ card, exits }) =>
      exits.map(({ outlet, n }) => [`${card} ${outlet}`, format.number(n)] as const),
    ),
  );
  return (
    <div className={classes.map}>
      <FlowMap document={document} types={types} marks={{ badges, ways }} />
    </div>
  );
}
