import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { FunnelCard } from './api';
import { FATES } from './rows';
import classes from './results.module.css';

type Props = { cards: FunnelCard[]; nameOf: (card: FunnelCard) => string };

/** The same in figures: each row adds up to those who came. On a phone a row is a card, without what is none. */
export function CardTable({ cards, nameOf }: Props) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { share } = useFigures();
  const counted = [
    { of: 'entries', head: t('results.came') },
    { of: 'runs', head: t('results.people') },
    ...FATES.map((of) => ({ of, head: t(`results.fate.${of}`) })),
  ] as const;
  const rated = [
    { of: 'pass_rate', head: t('results.pass') },
    { of: 'abandonment_rate', head: t('results.abandonment') },
  ] as const;
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label={t('results.cards')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('results.card')}</th>
            {[...counted, ...rated].map(({ of, head }) => (
              <th key={of} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <tr key={`${card.card} ${card.type}`}>
              <th scope="row">{nameOf(card)}</th>
              {counted.map(({ of, head }) => (
                <Cell key={of} head={head} value={card[of]} said={format.number(card[of])} />
              ))}
              {rated.map(({ of, head }) => (
                <Cell key={of} head={head} value={card[of]} said={share(card[of])} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = { head: string; value: number | null; said: string };

const Cell = ({ head, value, said }: CellProps) => (
  <td className="num" data-head={head} data-none={!value || undefined}>
    {said}
  </td>
);
