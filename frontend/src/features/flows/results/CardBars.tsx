import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { FlowDocument } from '../model/document';
import type { CardType } from '../model/palette';
import { labelOf } from '../paths/api';
import { sayWord } from '../words';
import type { FunnelCard } from './api';
import { seconds } from './Figures';
import { FATES } from './rows';
import classes from './results.module.css';

type Props = {
  cards: FunnelCard[];
  nameOf: (card: FunnelCard) => string;
  document: FlowDocument | undefined;
  types: ReadonlyMap<string, CardType>;
};

/** How many came to each card, as long as the bar; its colours are what became of them, which stands beside in words. */
export function CardBars({ cards, nameOf, document, types }: Props) {
  const { t } = useTranslation('flows');
  const most = Math.max(1, ...cards.map(({ entries }) => entries));
  return (
    <>
      <ul className={classes.legend} aria-label={t('results.legend')}>
        {FATES.map((fate) => (
          <li key={fate} data-fate={fate}>
            {t(`results.fate.${fate}`)}
          </li>
        ))}
      </ul>
      <ol className={classes.bars} aria-label={t('results.cards')}>
        {cards.map((card) => (
          <Bar
            key={`${card.card} ${card.type}`}
            card={card}
            name={nameOf(card)}
            part={card.entries / most}
            say={(outlet) =>
              labelOf(document, types, card.card, outlet) ?? sayWord('outlet', outlet)
            }
          />
        ))}
      </ol>
    </>
  );
}

type BarProps = { card: FunnelCard; name: string; part: number; say: (outlet: string) => string };

function Bar({ card, name, part, say }: BarProps) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { share, decimal } = useFigures();
  const { entries, exits, ends, answer_median_ms, answer_p90_ms, invalid, first_try_rate } = card;
  const told = FATES.filter((fate) => card[fate] > 0).map(
    (fate) => `${t(`results.fate.${fate}`)} ${format.number(card[fate])}`,
  );
  const facts = [
    ...(answer_median_ms !== null && answer_p90_ms !== null
      ? [
          t('results.answer', {
            median: seconds(answer_median_ms, format.duration),
            p90: seconds(answer_p90_ms, format.duration),
          }),
        ]
      : []),
    ...(invalid > 0 ? [t('results.wrong', { n: decimal(invalid / Math.max(1, entries)) })] : []),
    ...(first_try_rate !== null ? [t('results.first_try', { share: share(first_try_rate) })] : []),
  ];
  return (
    <li>
      <div>
        <b>{name}</b>
        <span className="num">
          {t('results.entries', { count: entries })}
          {card.left > 0 && ` · ${t('results.passed', { share: share(card.pass_rate) })}`}
          {card.abandoned > 0 && ` · ${t('results.lost', { share: share(card.abandonment_rate) })}`}
        </span>
      </div>
      <div className={classes.stack} style={{ width: `${Math.max(part * 100, 1)}%` }} aria-hidden>
        {FATES.map((fate) =>
          card[fate] > 0 ? (
            <i key={fate} data-fate={fate} style={{ flexGrow: card[fate] }} />
          ) : null,
        )}
      </div>
      <details>
        <summary>{told.join(' · ')}</summary>
        <ul>
          {exits.map(({ outlet, n }) => (
            <li key={outlet} className="num">
              → {say(outlet)}: {format.number(n)} ({share(n / Math.max(1, card.left))})
            </li>
          ))}
          {ends.map(({ reason, n }) => (
            <li key={reason} className="num">
              {sayWord('end', reason)}: {format.number(n)}
            </li>
          ))}
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </details>
    </li>
  );
}
