import { Link, useMatch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { Chip } from '@/ui/Chip';
import { CardMenu } from './CardMenu';
import { cardPlace, useEditor } from './editor';
import { FindingCount } from './FindingCount';
import { CardTile } from './icons';
import type { Card } from './model/document';
import { outletsOf } from './model/palette';
import { nameOfCard, summaryOf } from './model/summary';
import { useNameOfRef } from './refs';
import { usePlayedMarks } from './simulator/marks';
import { SubFlowLink } from './SubFlowLink';
import { WayLine } from './WayLine';
import { sayWord } from './words';
import classes from './flows.module.css';

type Props = { card: Card; place?: number };

/** One card: what it is, what it says, what is wrong with it, and where each way out leads. */
export function CardItem({ card, place }: Props) {
  const { t } = useTranslation(['flows', 'simulator']);
  const { document, flow, types, findings, mayEdit } = useEditor();
  const nameOf = useNameOfRef(document);
  const open = useMatch({ from: '/in/fluxos/$flowId/cards/$cardId', shouldThrow: false });
  const type = types.get(card.type);
  const name = nameOfCard(card, type);
  const found = findings.filter((one) => one.card === card.id);
  const count = (severity: string) => found.filter((one) => one.severity === severity).length;
  const summary = summaryOf(card, type, nameOf, sayWord);
  const isStart = document.start === card.id;
  const { lit, walked } = usePlayedMarks().marks;
  const isLit = lit.has(card.id);
  return (
    <li
      className={classes.card}
      data-card={card.id}
      data-open={open?.params.cardId === card.id || undefined}
      data-lit={isLit || undefined}
    >
      <CardTile type={type} />
      <div className={classes.what}>
        <Link
          className="reach"
          id={cardPlace(card.id)}
          to={paths.flowCard}
          params={{ flowId: String(flow.id), cardId: card.id }}
          search={{}}
        >
          {place !== undefined && <span className="num">{place}. </span>}
          {name}
        </Link>
        <p>
          {type ? t(`kind.${type.kind}`) : t('kind.unknown')}
          {type && type.label !== name && ` · ${type.label}`}
          {summary && ` · ${summary}`}
        </p>
        <span className={classes.states}>
          <SubFlowLink card={card} />
          {isStart && <Chip tone="ok">{t('start')}</Chip>}
          {isLit && <Chip tone="bot">{t('simulator:here')}</Chip>}
          {!isLit && walked.has(card.id) && (
            <Chip>{t('simulator:walked', { place: walked.get(card.id) })}</Chip>
          )}
          {card.parked && <Chip>{t('is_parked')}</Chip>}
          <FindingCount errors={count('error')} warnings={count('warning')} />
        </span>
      </div>
      {mayEdit && <CardMenu card={card} name={name} isStart={isStart} />}
      <ul className={classes.ways} aria-label={t('ways_of', { name })}>
        {outletsOf(type, card).map((outlet) => (
          <WayLine key={outlet.name} card={card} cardName={name} outlet={outlet} />
        ))}
      </ul>
    </li>
  );
}
