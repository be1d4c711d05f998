import { cardOf, targetOf, waysInto, type Card, type FlowDocument } from './document';
import { outletsOf, type CardType } from './palette';

type Types = ReadonlyMap<string, CardType>;

/**
 * Cards in the order in which a customer meets them: from the start on, the nearest first, each way out in its order.
 * What no way leads to comes after them, and what is parked last.
 */
export function walk(document: FlowDocument, types: Types) {
  const met: Card[] = [];
  const next = document.start === undefined ? [] : [document.start];
  for (let id = next.shift(); id !== undefined; id = next.shift()) {
    const card = cardOf(document, id);
    if (!card || card.parked || met.includes(card)) continue;
    met.push(card);
    for (const { name } of outletsOf(types.get(card.type), card)) {
      const to = targetOf(document, card.id, name);
      if (to !== undefined) next.push(to);
    }
  }
  const others = document.cards.filter((card) => !met.includes(card));
  return {
    met,
    loose: others.filter(({ parked }) => !parked),
    parked: others.filter(({ parked }) => parked),
  };
}

/** Where a way out may lead: cards that nothing leads to first. */
export function targetsFor(document: FlowDocument) {
  const wait = document.cards.filter(
    ({ id }) => id !== document.start && waysInto(document, id) === 0,
  );
  return { waiting: wait, others: document.cards.filter((card) => !wait.includes(card)) };
}
