/**
 * Whatever hands do to a flow: ids stay their own, no line is broken, every step is undone exactly, and no card is
 * touched but those that were named. Random, by a seed that a failure prints.
 */
import { aFlow, PALETTE, TYPES } from './a-flow';
import { fragmentOf, paste } from './clipboard';
import {
  addCard,
  addCardAfter,
  connect,
  disconnect,
  moveCards,
  parkCard,
  removeCards,
  saveCard,
  setStart,
  unparkCard,
} from './commands';
import { cardOf, newId, type FlowDocument } from './document';
import { begin, record, redo, undo } from './history';
import { arrange } from './layout';
import { addNote, moveNotes, removeNotes, writeNote } from './notes';
import { outletsOf } from './palette';
import { changeType, typesFor } from './retype';

const RUNS = 60;
const STEPS = 40;

/** Mulberry32: the same seed, the same hands. */
function dice(seed: number) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(of: readonly T[]) => of[below(of.length)];
  return { random, below, one };
}
type Dice = ReturnType<typeof dice>;
type Done = { flow: FlowDocument; named: readonly string[] };

const someWay = (flow: FlowDocument, { one }: Dice) => {
  const card = one(flow.cards);
  const outlet = card && one(outletsOf(TYPES.get(card.type), card));
  return card && outlet && { from: card.id, outlet: outlet.name };
};
const place = ({ below }: Dice) => ({ x: below(200) * 16, y: below(200) * 16 });

/** Each says which cards it was to touch; new ones touch nobody. */
const HANDS: ((flow: FlowDocument, dice: Dice) => Done | undefined)[] = [
  (flow, d) => {
    const id = newId('card', ids(flow), d.random);
    return { flow: addCard(flow, d.one(PALETTE)!, id, place(d)), named: [] };
  },
  (flow, d) => {
    const way = someWay(flow, d);
    const id = newId('card', ids(flow), d.random);
    return way && { flow: addCardAfter(flow, d.one(PALETTE)!, id, place(d), way), named: [] };
  },
  (flow, d) => {
    const [way, to] = [someWay(flow, d), d.one(flow.cards)];
    return way && to && { flow: connect(flow, way.from, way.outlet, to.id), named: [to.id] };
  },
  (flow, d) => {
    const way = someWay(flow, d);
    return way && { flow: disconnect(flow, way.from, way.outlet), named: [] };
  },
  (flow, d) => {
    const gone = flow.cards.map(({ id }) => id).filter(() => d.below(6) === 0);
    return { flow: removeCards(flow, gone), named: gone };
  },
  (flow, d) => {
    const moved = flow.cards.map(({ id }) => id).filter(() => d.below(3) === 0);
    return {
      flow: moveCards(flow, new Map(moved.map((id) => [id, place(d)]))),
      named: moved,
    };
  },
  (flow) => ({ flow: arrange(flow, TYPES), named: ids(flow) }),
  (flow, d) => {
    const copied = ids(flow).filter(() => d.below(3) === 0);
    const fragment = fragmentOf(flow, copied);
    if (fragment.cards.length === 0 || flow.cards.length > 60) return undefined;
    return { flow: paste(flow, fragment, TYPES, place(d)).document, named: [] };
  },
  ...[parkCard, unparkCard, setStart].map((act) => (flow: FlowDocument, d: Dice) => {
    const card = d.one(flow.cards);
    return card && { flow: act(flow, card.id), named: [card.id] };
  }),
  (flow, d) => {
    const card = d.one(flow.cards);
    const kept = d.below(2) === 0 ? [{ id: 'boleto', label: 'Outra' }] : [];
    return (
      card && {
        flow: saveCard(flow, TYPES.get(card.type), card.id, {
          name: 'Novo',
          settings: card.type === 'question' ? { expect: 'choice', options: kept } : {},
        }),
        named: [card.id],
      }
    );
  },
  (flow, d) => {
    const card = d.one(flow.cards);
    const to = card && d.one(typesFor(card, PALETTE));
    return card && to && { flow: changeType(flow, card.id, to, TYPES), named: [card.id] };
  },
  (flow, d) => ({ flow: addNote(flow, newId('note', [], d.random), 'Nota', place(d)), named: [] }),
  (flow, d) => {
    const note = d.one(flow.notes ?? []);
    if (!note) return undefined;
    const moved = moveNotes(writeNote(flow, note.id, 'Outra'), new Map([[note.id, place(d)]]));
    return { flow: d.below(2) === 0 ? moved : removeNotes(flow, [note.id]), named: [] };
  },
];

const ids = (flow: FlowDocument) => flow.cards.map(({ id }) => id);

function isSound(flow: FlowDocument) {
  const ways = flow.connectors.map(({ from, outlet }) => `${from} ${outlet}`);
  expect(new Set(ids(flow)).size).toBe(flow.cards.length);
  expect(new Set(ways).size).toBe(ways.length);
  for (const { from, outlet, to } of flow.connectors) {
    const source = cardOf(flow, from);
    expect(source && outletsOf(TYPES.get(source.type), source).map(({ name }) => name)).toContain(
      outlet,
    );
    expect(cardOf(flow, to)).toBeDefined();
  }
  if (flow.start !== undefined) expect(cardOf(flow, flow.start)).toBeDefined();
}

it.each(Array.from({ length: RUNS }, (_, seed) => seed + 1))('hands of seed %i', (seed) => {
  const d = dice(seed);
  let history = begin(aFlow());
  for (let step = 0; step < STEPS; step++) {
    const before = history.now;
    const frozen = JSON.stringify(before);
    const done = d.one(HANDS)!(before, d);
    if (!done) continue;
    history = record(history, done.flow);
    expect(JSON.stringify(before)).toBe(frozen);
    isSound(done.flow);
    for (const card of before.cards)
      if (!done.named.includes(card.id)) expect(cardOf(done.flow, card.id)).toEqual(card);
    expect(undo(history).now).toBe(before);
    expect(redo(undo(history)).now).toBe(done.flow);
  }
  while (history.past.length > 0) history = undo(history);
  expect(history.now).toEqual(aFlow());
});

it.each(Array.from({ length: RUNS }, (_, seed) => seed + 1))('another type, of seed %i', (seed) => {
  const d = dice(seed);
  let flow = aFlow();
  for (let step = 0; step < STEPS; step++) {
    const card = d.one(flow.cards)!;
    const to = d.one(typesFor(card, PALETTE));
    const before = flow;
    if (to) {
      flow = changeType(flow, card.id, to, TYPES);
      const { type, v, settings, ...kept } = cardOf(flow, card.id)!;
      expect({ ...card, ...kept }).toEqual(card);
      expect(TYPES.get(type)?.kind).toBe(TYPES.get(card.type)?.kind);
      expect([type, v]).toEqual([to.type, to.v]);
      for (const name of Object.keys(settings))
        expect(to.fields.map((field) => field.name)).toContain(name);
      const into = (of: FlowDocument) => of.connectors.filter((line) => line.to === card.id);
      const isLoop = into(before).some(({ from }) => from === card.id);
      if (!isLoop) expect(into(flow)).toEqual(into(before));
      expect(flow.start).toBe(before.start);
      isSound(flow);
    }
    flow = d.one(HANDS)!(flow, d)?.flow ?? flow;
    if (flow.cards.length === 0) flow = aFlow();
  }
});

it('with a card go exactly its lines', () => {
  const flow = aFlow();
  for (const id of ids(flow)) {
    const less = removeCards(flow, [id]);
    const gone = flow.connectors.filter((line) => !less.connectors.includes(line));
    expect(gone.every(({ from, to }) => from === id || to === id)).toBe(true);
    expect(less.connectors.every(({ from, to }) => from !== id && to !== id)).toBe(true);
  }
});
