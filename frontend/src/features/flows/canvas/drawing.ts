/** From a document to what is drawn of it: pure, and sparing with what did not change. */
import type { Edge, Node } from '@xyflow/react';
import type { Finding } from '../api';
import { targetOf, type Card, type FlowDocument, type Note } from '../model/document';
import { sizeOf, sizeOfNote, type Place } from '../model/geometry';
import { lanesOf } from '../model/lanes';
import { outletsOf, type CardType } from '../model/palette';
import { nameIn, nameOfCard, summaryOf, type NameOfRef } from '../model/summary';
import { sayWord } from '../words';
import type { Told } from './CardFace';
import { drawable, edgeOf, handlesOf, wayKey } from './frame';

export type CardData = Told & {
  card: Card;
  type: CardType | undefined;
  /** The name of the card that each way out leads to; empty where it leads nowhere. */
  leads: readonly string[];
  errors: number;
  warnings: number;
  isOpen: boolean;
  /** Tab comes in here. */
  isStop: boolean;
  mayEdit: boolean;
};
export type NoteData = { note: Note; isStop: boolean };
export type BoardNode = Node<CardData, 'card'> | Node<NoteData, 'note'>;
export type Drawn = { nodes: BoardNode[]; edges: Edge[] };

export type Picture = {
  document: FlowDocument;
  types: ReadonlyMap<string, CardType>;
  findings: readonly Finding[];
  mayEdit: boolean;
  nameOf: NameOfRef;
  openId: string | undefined;
  /** What is selected by us: pasted, duplicated, all. */
  chosen: readonly string[];
  focused: string | undefined;
};

export const NOTHING_DRAWN: Drawn = { nodes: [], edges: [] };

/** Notes and cards have ids of their own; no card's has a colon. */
const NOTE = 'note:';
export const nodeOfNote = (id: string) => NOTE + id;
export const noteOfNode = (id: string) => (id.startsWith(NOTE) ? id.slice(NOTE.length) : undefined);

const isSame = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) ||
  (Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((one, at) => Object.is(one, b[at])));

const isSameData = (a: object, b: object) => {
  const other = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => isSame(value, other.get(key)));
};

const NOWHERE: Place = { x: 0, y: 0 };
const QUIET = { 'aria-roledescription': undefined, 'aria-describedby': undefined } as const;

function cardData(card: Card, picture: Picture, stop: string | undefined): CardData {
  const { document, types, findings, mayEdit, nameOf, openId } = picture;
  const type = types.get(card.type);
  const count = (severity: Finding['severity']) =>
    findings.filter((one) => one.card === card.id && one.severity === severity).length;
  return {
    card,
    type,
    name: nameOfCard(card, type),
    summary: summaryOf(card, type, nameOf, sayWord),
    isStart: document.start === card.id,
    leads: outletsOf(type, card).map(({ name }) => {
      const to = targetOf(document, card.id, name);
      return (to !== undefined && nameIn(document, types, to)) || '';
    }),
    errors: count('error'),
    warnings: count('warning'),
    isOpen: openId === card.id,
    isStop: stop === card.id,
    mayEdit,
  };
}

function nodesOf(before: BoardNode[], picture: Picture, isChosenAnew: boolean): BoardNode[] {
  const { document, types, chosen, focused, openId, mayEdit } = picture;
  const was = new Map(before.map((node) => [node.id, node]));
  const { cards, notes = [] } = document;
  const isThere = (id: string | undefined) =>
    cards.some((card) => card.id === id) || notes.some((note) => nodeOfNote(note.id) === id);
  const stop = [focused, openId, document.start].find(isThere) ?? cards[0]?.id;

  const keep = <N extends BoardNode>(node: N): N => {
    const old = was.get(node.id);
    const selected = isChosenAnew ? chosen.includes(node.id) : (old?.selected ?? false);
    const isAsBefore =
      old?.type === node.type &&
      old.selected === selected &&
      old.position.x === node.position.x &&
      old.position.y === node.position.y &&
      old.draggable === node.draggable &&
      isSameData(node.data, old.data);
    return isAsBefore ? (old as N) : { ...node, selected };
  };

  return [
    ...notes.map((note) =>
      keep<Node<NoteData, 'note'>>({
        id: nodeOfNote(note.id),
        type: 'note',
        position: note.position ?? NOWHERE,
        ...(note.size ? { width: note.size.w, height: note.size.h } : sizeOfNote(note.text)),
        draggable: mayEdit,
        domAttributes: QUIET,
        data: { note, isStop: stop === nodeOfNote(note.id) },
      }),
    ),
    ...cards.map((card) => {
      const data = cardData(card, picture, stop);
      return keep<Node<CardData, 'card'>>({
        id: card.id,
        type: 'card',
        position: card.position ?? NOWHERE,
        ...sizeOf(card, types),
        handles: handlesOf(outletsOf(data.type, card)),
        draggable: mayEdit,
        domAttributes: QUIET,
        data,
      });
    }),
  ];
}

function edgesOf(before: Edge[], { document, types }: Picture): Edge[] {
  const was = new Map(before.map((edge) => [edge.id, edge]));
  const known = new Set(
    document.cards.flatMap((card) =>
      outletsOf(types.get(card.type), card).map(({ name }) => wayKey(card.id, name)),
    ),
  );
  const laneOf = lanesOf(document, types);
  return drawable(document, known).map((line) => {
    const old = was.get(wayKey(line.from, line.outlet));
    const lane = laneOf(line);
    return old?.target === line.to && old.data?.['lane'] === lane ? old : edgeOf(line, lane);
  });
}

/** What was drawn before stays where nothing of it changed. */
export const draw = (before: Drawn, picture: Picture, last: Picture | undefined): Drawn => ({
  nodes: nodesOf(before.nodes, picture, last !== undefined && last.chosen !== picture.chosen),
  edges:
    last?.document === picture.document && last.types === picture.types
      ? before.edges
      : edgesOf(before.edges, picture),
});
