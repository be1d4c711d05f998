import { aFlow, TYPES } from './a-flow';
import { findCards } from './search';

const ids = (words: string, flow = aFlow()) => findCards(flow, TYPES, words).map(({ id }) => id);

it('finds by name, by what is said and by type, whatever the accents, names first', () => {
  const named = aFlow({
    cards: aFlow().cards.map((card) =>
      card.id === 'suporte' ? { ...card, name: 'Boleto na mão' } : card,
    ),
  });
  expect(ids('boleto', named)).toEqual(['suporte', 'menu']);
  expect(ids('POSSO AJUDAR', named)).toEqual(['menu']);
  expect(ids('ola')).toEqual(['oi']);
  expect(ids('transferir')).toEqual(['suporte', 'financeiro']);
  expect(ids('nada disso')).toEqual([]);
});

it('without words every card is there', () => {
  expect(ids('  ')).toHaveLength(4);
});

it('shows where the words stand in a long text', () => {
  const text = `${'antes '.repeat(30)}agulha${' depois'.repeat(30)}`;
  const flow = aFlow({ cards: [{ id: 'x', type: 'send_message', v: 1, settings: { text } }] });
  const [hit] = findCards(flow, TYPES, 'Agulha');
  expect(hit?.text).toContain('agulha');
  expect(hit?.text.length).toBeLessThan(100);
});
