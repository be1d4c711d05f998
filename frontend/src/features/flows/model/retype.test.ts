import { aFlow, PALETTE, TYPES } from './a-flow';
import { cardOf, type FlowDocument } from './document';
import type { CardType } from './palette';
import { changeType, lostLines, lostSettings, typesFor } from './retype';

const typed = (type: string) => TYPES.get(type) as CardType;
const menuOf = (flow: FlowDocument) => cardOf(flow, 'menu')!;

it('a card may become what is of its kind, and nothing of what nobody knows', () => {
  expect(typesFor(menuOf(aFlow()), PALETTE).map(({ type }) => type)).toEqual([
    'send_message',
    'send_file',
  ]);
  expect(typesFor({ ...menuOf(aFlow()), type: 'from_tomorrow' }, PALETTE)).toEqual([]);
});

it('keeps its id, name, place, the lines into it, and what both types know', () => {
  const flow = aFlow();
  const before = { ...menuOf(flow), name: 'Assunto', position: { x: 16, y: 32 }, color: 'ok' };
  const placed = { ...flow, cards: flow.cards.map((one) => (one.id === 'menu' ? before : one)) };
  const after = changeType(placed, 'menu', typed('send_message'), TYPES);
  expect(cardOf(after, 'menu')).toEqual({
    ...before,
    type: 'send_message',
    v: 1,
    settings: { text: 'Como posso ajudar?' },
  });
  expect(after.connectors).toEqual([{ from: 'oi', outlet: 'next', to: 'menu' }]);
});

it('names the lines and the settings that go with its ways out', () => {
  const flow = aFlow();
  const lines = lostLines(flow, 'menu', typed('send_message'), TYPES);
  expect(lines.map(({ outlet }) => outlet)).toEqual(['opt:boleto', 'opt:suporte']);
  const gone = lostSettings(menuOf(flow), typed('send_message'), TYPES).map(({ name }) => name);
  expect(gone).toEqual(['expect', 'options']);
});

it('a way out of the same name still leads where it led, and a setting of another type is no setting', () => {
  const flow = aFlow();
  const after = changeType(flow, 'oi', typed('send_file'), TYPES);
  expect(after.connectors).toEqual(flow.connectors);
  expect(cardOf(after, 'oi')?.settings).toEqual({ kind: 'image' });
});

it('never becomes another kind', () => {
  const flow = aFlow();
  expect(changeType(flow, 'menu', typed('transfer'), TYPES)).toBe(flow);
  expect(changeType(flow, 'nobody', typed('send_message'), TYPES)).toBe(flow);
});
