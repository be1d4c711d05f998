import { Background, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { memo, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { targetOf, type Card, type FlowDocument } from '../model/document';
import { boxesOf, boxOf, GRID, neighbour, sizeOf } from '../model/geometry';
import { lanesOf } from '../model/lanes';
import { readable } from '../model/layout';
import { outletsOf, type CardType, type Outlet } from '../model/palette';
import { nameIn, nameOfCard, summaryOf } from '../model/summary';
import { useNameOfRef } from '../refs';
import { sayWord } from '../words';
import { CardFace, type Told } from './CardFace';
import type { FlowMapProps, Marks } from './FlowMap';
import { Follow } from './Follow';
import { arrowOf, drawable, edgeOf, handlesOf, wayKey } from './frame';
import { EDGE_TYPES } from './LaneLine';
import { useOpening } from './useOpening';
import { Ways } from './Ways';
import { ZoomBar } from './ZoomBar';
import '@xyflow/react/dist/base.css';
import classes from './canvas.module.css';

type Types = ReadonlyMap<string, CardType>;
type Shown = Told & {
  card: Card;
  type: CardType | undefined;
  outlets: readonly Outlet[];
  leadsTo: (outlet: string) => string | undefined;
  lit: boolean;
  order: number | undefined;
  badge: ReactNode;
};
type MapNode = Node<Shown, 'card'>;

const MapCard = memo(function MapCard({ data }: NodeProps<MapNode>) {
  const { t } = useTranslation('flows');
  const { outlets, leadsTo, lit, order, badge, ...face } = data;
  return (
    <CardFace
      {...face}
      corner={
        <>
          {order !== undefined && <span className={classes.order}>{order}</span>}
          {lit && <span className={classes.now}>{t('canvas.now')}</span>}
          {badge !== undefined && <span className={classes.badge}>{badge}</span>}
        </>
      }
    >
      <Ways outlets={outlets} leadsTo={leadsTo} />
    </CardFace>
  );
});
const NODE_TYPES = { card: MapCard };
const NOTHING: Marks = {};

/** Cards in the order of the document; the first of the flow is where Tab comes in. */
function useNodes(document: FlowDocument, types: Types, marks: Marks, picked: string | undefined) {
  const nameOf = useNameOfRef(document);
  const isThere = picked !== undefined && document.cards.some(({ id }) => id === picked);
  const stop = isThere ? picked : (document.start ?? document.cards[0]?.id);
  return document.cards.map((card): MapNode => {
    const type = types.get(card.type);
    const outlets = outletsOf(type, card);
    const lit = marks.lit?.has(card.id) ?? false;
    const order = marks.walked?.get(card.id);
    return {
      id: card.id,
      type: 'card',
      position: card.position ?? { x: 0, y: 0 },
      ...sizeOf(card, types),
      handles: handlesOf(outlets),
      className: [lit && 'lit', order !== undefined && 'walked', picked === card.id && 'picked']
        .filter(Boolean)
        .join(' '),
      ariaRole: 'button',
      domAttributes: {
        tabIndex: stop === card.id ? 0 : -1,
        'aria-roledescription': undefined,
        'aria-describedby': undefined,
        'aria-pressed': picked === card.id,
        ...(lit ? { 'aria-current': 'step' as const } : {}),
      },
      data: {
        card,
        type,
        outlets,
        leadsTo: (outlet) => {
          const to = targetOf(document, card.id, outlet);
          return to === undefined ? undefined : nameIn(document, types, to);
        },
        name: nameOfCard(card, type),
        summary: summaryOf(card, type, nameOf, sayWord),
        isStart: document.start === card.id,
        lit,
        order,
        badge: marks.badges?.get(card.id),
      },
    };
  });
}

function edgesOf(document: FlowDocument, types: Types, { ways }: Marks): Edge[] {
  const known = new Set(
    document.cards.flatMap((card) =>
      outletsOf(types.get(card.type), card).map(({ name }) => wayKey(card.id, name)),
    ),
  );
  const laneOf = lanesOf(document, types);
  return drawable(document, known).map((line) => {
    const edge = edgeOf(line, laneOf(line));
    const label = ways?.get(edge.id);
    return label === undefined ? edge : { ...edge, label, className: 'gone', zIndex: 1 };
  });
}

/** The map itself; FlowMap brings it. */
export function MapView({ document: given, types, marks = NOTHING, onPick, picked }: FlowMapProps) {
  const { t } = useTranslation('flows');
  const document = useMemo(() => readable(given, types), [given, types]);
  const nodes = useNodes(document, types, marks, picked);
  const edges = useMemo(() => edgesOf(document, types, marks), [document, types, marks]);
  const frame = useRef<HTMLDivElement>(null);
  const start = document.cards.find(({ id }) => id === document.start);
  const opening = useOpening(
    frame,
    boxesOf(document, types),
    start && boxOf(start, types, start.position ?? { x: 0, y: 0 }),
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const here = (event.target as Element).getAttribute('data-id');
    if (here === null) return;
    const direction = arrowOf(event.key);
    if (direction) {
      const places = new Map(nodes.map(({ id, position }) => [id, position]));
      const next = neighbour(places, here, direction);
      const there = next && event.currentTarget.querySelector(`[data-id="${CSS.escape(next)}"]`);
      if (there instanceof HTMLElement) there.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      onPick?.(here);
    } else return;
    event.preventDefault();
  };

  return (
    <div ref={frame} className={classes.canvas} role="presentation" onKeyDown={onKeyDown}>
      <ReactFlow<MapNode>
        aria-label={t('canvas.map')}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        minZoom={0.1}
        maxZoom={2}
        proOptions={{ hideAttribution: true }}
        onInit={opening}
        {...(onPick ? { onNodeClick: (_, { id }) => onPick(id) } : {})}
      >
        <Background gap={GRID * 2} size={2} />
        <ZoomBar />
        <Follow cards={marks.lit ? [...marks.lit] : []} />
      </ReactFlow>
    </div>
  );
}
