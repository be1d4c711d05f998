import { useTranslation } from 'react-i18next';
import type { Card } from '../model/document';
import { inWords, labelsOf } from './model/difference';
import classes from './simulator.module.css';

/** What a test holds and what happens instead, with the options as the card that speaks calls them. */
export function Held({ difference, card }: { difference: Difference; card: Card | undefined }) {
  const { t } = useTranslation('simulator');
  const labelOf = labelsOf(card);
  return (
    <dl className={classes.difference}>
      <dt>{t('expected')}</dt>
      <dd>{inWords(difference.expected, labelOf)}</dd>
      <dt>{t('got')}</dt>
      <dd>{inWords(difference.got, labelOf)}</dd>
    </dl>
  );
}

type Difference = { expected: string; got: string };
