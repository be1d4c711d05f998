import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTile } from '../icons';
import type { Card } from '../model/document';
import type { CardType } from '../model/palette';
import classes from './canvas.module.css';

/** What is told of a card besides what it holds. */
export type Told = {
  name: string;
  summary: string;
  isStart: boolean;
};

type Props = Told & {
  card: Card;
  type: CardType | undefined;
  /** At its corner, over the head. */
  corner?: ReactNode;
  /** At the end of the head. */
  link?: ReactNode;
  children?: ReactNode;
};

/** A card as it is drawn: its kind, its name, two lines of what it says, and its ways out below. */
export function CardFace({ card, type, name, summary, isStart, corner, link, children }: Props) {
  const { t } = useTranslation('flows');
  return (
    <div className={classes.face} data-parked={card.parked || undefined}>
      <div className={classes.faceHead}>
        <CardTile type={type} />
        <b className="cut">{name}</b>
        {isStart && <span className={classes.first}>{t('start')}</span>}
        {card.parked && <span className={classes.first}>{t('is_parked')}</span>}
        {link}
      </div>
      <p className={classes.says}>
        {summary || (type ? t(`kind.${type.kind}`) : t('kind.unknown'))}
      </p>
      {children}
      {corner}
    </div>
  );
}
