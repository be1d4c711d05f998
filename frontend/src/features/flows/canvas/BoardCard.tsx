import { UnstyledButton } from '@mantine/core';
import IconError from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconWarning from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { cardPlace, wayPlace } from '../editor';
import { outletsOf, type Outlet } from '../model/palette';
import { usePlayedMarks } from '../simulator/marks';
import { SubFlowLink } from '../SubFlowLink';
import { sayOutlet } from '../words';
import { CardFace } from './CardFace';
import type { CardData } from './drawing';
import { DOOR } from './frame';
import { useHands } from './hands';
import classes from './canvas.module.css';

type Props = NodeProps<Node<CardData, 'card'>>;

/** A card under the hand: what is told of it is its name, and each way out is a button and a dot to pull from. */
export const BoardCard = memo(function BoardCard({ id, data, selected }: Props) {
  const { t } = useTranslation('flows');
  const { leads, errors, warnings, isOpen, isStop, mayEdit, ...face } = data;
  const { card, type, name, summary, isStart } = face;
  const { lit, walked } = usePlayedMarks().marks;
  const isLit = lit.has(id);
  const outlets = outletsOf(type, card);
  const said = [
    name,
    type ? t(`kind.${type.kind}`) : t('kind.unknown'),
    isLit && t('canvas.now'),
    isStart && t('start'),
    card.parked && t('is_parked'),
    summary,
    errors > 0 && t('errors', { count: errors }),
    warnings > 0 && t('warnings', { count: warnings }),
    selected && t('canvas.is_selected'),
  ];
  return (
    <div
      id={cardPlace(id)}
      role="group"
      tabIndex={isStop ? 0 : -1}
      className={classes.thing}
      aria-label={said.filter(Boolean).join(', ')}
      aria-current={isOpen || undefined}
      data-thing={id}
      data-lit={isLit || undefined}
      data-walked={walked.has(id) || undefined}
    >
      <CardFace
        {...face}
        corner={<FindingCorner errors={errors} warnings={warnings} />}
        link={<SubFlowLink card={card} tabIndex={isStop ? 0 : -1} />}
      >
        <Handle
          id={DOOR}
          type="target"
          position={Position.Left}
          className={classes.door}
          isConnectableStart={false}
        />
        {outlets.length > 0 && (
          <ul className={classes.outs} aria-label={t('ways_of', { name })}>
            {outlets.map((outlet, at) => (
              <WayOut
                key={outlet.name}
                id={id}
                cardName={name}
                outlet={outlet}
                to={leads[at] ?? ''}
                isStop={isStop}
                mayEdit={mayEdit}
              />
            ))}
          </ul>
        )}
      </CardFace>
    </div>
  );
});

type WayProps = {
  id: string;
  cardName: string;
  outlet: Outlet;
  to: string;
  isStop: boolean;
  mayEdit: boolean;
};

function WayOut({ id, cardName, outlet, to, isStop, mayEdit }: WayProps) {
  const { t } = useTranslation('flows');
  const { askWay } = useHands();
  const way = sayOutlet(outlet);
  const ask = () => askWay({ from: id, outlet: outlet.name });
  const nowhere = t(outlet.required ? 'nowhere' : 'nowhere_by_default');
  return (
    <li className={classes.out} data-loose={(to === '' && outlet.required) || undefined}>
      <UnstyledButton
        id={wayPlace(id, outlet.name)}
        className={classes.way}
        tabIndex={isStop ? 0 : -1}
        disabled={!mayEdit}
        aria-label={t('way_now', { card: cardName, way, to: to || nowhere })}
        onClick={ask}
      >
        <span className="cut">{way}</span>
      </UnstyledButton>
      <Handle
        id={outlet.name}
        type="source"
        position={Position.Right}
        data-open={to === '' || undefined}
        {...(mayEdit ? { onClick: ask } : {})}
      />
    </li>
  );
}

/** Figure, icon and colour; in words it is part of the card's name. */
function FindingCorner({ errors, warnings }: { errors: number; warnings: number }) {
  if (errors + warnings === 0) return null;
  return (
    <span className={classes.found} aria-hidden>
      {errors > 0 && (
        <span data-tone="bad">
          <IconError size={14} stroke={2} />
          {errors}
        </span>
      )}
      {warnings > 0 && (
        <span data-tone="warn">
          <IconWarning size={14} stroke={2} />
          {warnings}
        </span>
      )}
    </span>
  );
}
