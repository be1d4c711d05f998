import { aFlow, TYPES } from './a-flow';
import { fragmentOf, paste, readFragment, writeFragment } from './clipboard';
import { cardOf, targetOf } from './document';

const AT = { x: 320, y: 160 };
const copy = (ids: string[], flow = aFlow()) => readFragment(writeFragment(fragmentOf(flow, ids)))!;

it('cards go with the lines between them; lines to others stay behind', () => {
  const { cards, connectors } = copy(['menu', 'suporte']);
  expect(cards.map(({ id }) => id)).toEqual(['suporte', 'menu']);
  expect(connectors).toEqual([{ from: 'menu', outlet: 'opt:suporte', to: 'suporte' }]);
});

it('a copy has ids of its own, the same settings, and leaves what was there as it was', () => {
  const flow = aFlow();
  const { document, ids } = paste(flow, copy(['menu', 'suporte']), TYPES, AT);
  const [transfer = '', menu = ''] = ids;
  expect(document.cards.slice(0, 4)).toEqual(flow.cards);
  expect(document.connectors.slice(0, 3)).toEqual(flow.connectors);
  expect(cardOf(document, menu)?.settings).toEqual(cardOf(flow, 'menu')?.settings);
  expect(targetOf(document, menu, 'opt:suporte')).toBe(transfer);
  expect(targetOf(document, menu, 'opt:boleto')).toBeUndefined();
  expect(new Set(document.cards.map(({ id }) => id)).size).toBe(6);
});

it('stands where it was put, its cards to each other as they stood', () => {
  const flow = aFlow();
  const placed = flow.cards.map((card, at) => ({
    ...card,
    position: { x: at * 320, y: -at * 32 },
  }));
  const fragment = copy(['menu', 'oi'], { ...flow, cards: placed });
  const { document, ids } = paste(flow, fragment, TYPES, AT);
  expect(ids.map((id) => cardOf(document, id)?.position)).toEqual([
    { x: 320, y: 192 },
    { x: 640, y: 160 },
  ]);
});

it('into an empty flow it brings a beginning, and the variables that its cards name', () => {
  const { start, ...rest } = aFlow({
    variables: [
      { name: 'flow.cep', type: 'text' },
      { name: 'flow.other', type: 'text' },
    ],
  });
  const asks = {
    id: 'cep',
    type: 'question',
    v: 1,
    settings: { expect: 'await', text: 'CEP?', store: 'flow.cep' },
  };
  const fragment = copy(['cep'], { ...rest, start: start!, cards: [asks] });
  const empty = { ...rest, cards: [], connectors: [], variables: [] };
  const { document, ids } = paste(empty, fragment, TYPES, AT);
  expect(document.start).toBe(ids[0]);
  expect(document.variables).toEqual([{ name: 'flow.cep', type: 'text' }]);
  expect(paste(document, fragment, TYPES, AT).document.variables).toHaveLength(1);
});

it('a setting that names a card names its copy, or stays where that was not copied', () => {
  const types = new Map(TYPES).set('looks_back', {
    type: 'looks_back',
    v: 1,
    kind: 'condition',
    label: 'Resposta',
    fields: [{ name: 'question', type: 'card' }],
    outlets: [],
  });
  const looks = { id: 'looks', type: 'looks_back', v: 1, settings: { question: 'menu' } };
  const flow = aFlow({ cards: [...aFlow().cards, looks] });
  const both = paste(flow, copy(['menu', 'looks'], flow), types, AT);
  expect(cardOf(both.document, both.ids[1]!)?.settings.question).toBe(both.ids[0]);
  const one = paste(flow, copy(['looks'], flow), types, AT);
  expect(cardOf(one.document, one.ids[0]!)?.settings.question).toBe('menu');
});

it('whatever else lies in a clipboard is not cards', () => {
  const whole = JSON.parse(writeFragment(copy(['menu']))) as Record<string, unknown>;
  const bent = (change: object) => readFragment(JSON.stringify({ ...whole, ...change }));
  expect(bent({})).toBeDefined();
  expect(bent({ format: 'balcao-flow' })).toBeUndefined();
  expect(bent({ format_version: 2 })).toBeUndefined();
  expect(bent({ cards: [] })).toBeUndefined();
  expect(bent({ cards: [null] })).toBeUndefined();
  expect(bent({ cards: [{ id: 'a', type: 'b', v: 1, settings: [] }] })).toBeUndefined();
  expect(
    bent({ cards: [{ id: 'a', type: 'b', v: 1, settings: {}, position: { x: 'far' } }] }),
  ).toBeUndefined();
  expect(bent({ connectors: [{ from: 'a' }] })).toBeUndefined();
  expect(bent({ variables: 'none' })).toBeUndefined();
  for (const text of ['', 'oi', '{', '[]', 'null', '{"a":1}'])
    expect(readFragment(text)).toBeUndefined();
});
