import { useTranslation } from 'react-i18next';
import { useFigures } from '@/lib/figures';
import { useFormat } from '@/lib/session';
import type { FunnelCard } from './api';
import { FATES } from './rows';
import classes from './results.module.css';

type Props = { cards: FunnelCard[]; nameOf: (card: FunnelCard) => string };

/** The same in figures: each row adds up to those who came. */
export function CardTable({ cards, nameOf }: Props) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { share } = useFigures();
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label={t('results.cards')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('results.card')}</th>
            <th scope="col">{t('results.came')}</th>
            <th scope="col">{t('results.people')}</th>
            {FATES.map((fate) => (
              <th key={fate} scope="col">
                {t(`results.fate.${fate}`)}
              </th>
            ))}
            <th scope="col">{t('results.pass')}</th>
            <th scope="col">{t('results.abandonment')}</th>
          </tr>
        </thead>
        <tbody>
          {cards.map((card) => (
            <tr key={`${card.card} ${card.type}`}>
              <th scope="row">{nameOf(card)}</th>
              <td className="num">{format.number(card.entries)}</td>
              <td className="num">{format.number(card.runs)}</td>
              {FATES.map((fate) => (
                <td key={fate} className="num">
                  {format.number(card[fate])}
                </td>
              ))}
              <td className="num">{share(card.pass_rate)}</td>
              <td className="num">{share(card.abandonment_rate)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
