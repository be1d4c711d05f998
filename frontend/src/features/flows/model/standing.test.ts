import { aFlow } from './a-flow';
import { connect, removeCards, saveCard } from './commands';
import type { FlowDocument } from './document';
import { stands } from './standing';

const checked = aFlow();
const said = (text: string) =>
  saveCard(checked, undefined, 'oi', { name: '', settings: { text, kind: 'text' } });

it('a finding about a setting stands while the setting is as it was checked', () => {
  const finding = { card: 'oi', setting: 'text' };
  expect(stands(finding, checked, checked)).toBe(true);
  expect(stands(finding, checked, said('Olá!'))).toBe(true);
  expect(stands(finding, checked, said('Bom dia!'))).toBe(false);
});

it('of a member of a list, the list counts', () => {
  const finding = { card: 'menu', setting: 'options.label' };
  const other = saveCard(checked, undefined, 'menu', {
    name: '',
    settings: { expect: 'choice', text: 'Como posso ajudar?', options: [] },
  });
  expect(stands(finding, checked, checked)).toBe(true);
  expect(stands(finding, checked, other)).toBe(false);
});

it('a way out stands while it leads where it led', () => {
  const finding = { card: 'suporte', outlet: 'closed' };
  expect(stands(finding, checked, checked)).toBe(true);
  expect(stands(finding, checked, connect(checked, 'suporte', 'closed', 'oi'))).toBe(false);
});

it('nothing stands of a card that is gone; what is about a whole card stands as long as the card', () => {
  expect(stands({ card: 'oi' }, checked, removeCards(checked, ['oi']))).toBe(false);
  expect(stands({ card: 'oi' }, checked, said('Bom dia!'))).toBe(true);
});

it('what is about the flow goes by its facts and its settings', () => {
  const settled = (settings: FlowDocument['settings']) => ({ ...checked, settings });
  const fallback = { setting: 'settings.fallback' };
  expect(stands(fallback, checked, checked)).toBe(true);
  expect(stands(fallback, checked, settled({ fallback: { flow: 'flow:x' } }))).toBe(false);
  const patience = { setting: 'settings.silence.expire_after_s' };
  const [hour, other] = [{ expire_after_s: 3600 }, { expire_after_s: 3600, reminders: 0 }];
  expect(stands(patience, settled({ silence: hour }), settled({ silence: other }))).toBe(true);
  expect(stands(patience, settled({ silence: hour }), settled({}))).toBe(false);
  expect(stands({ setting: 'channels' }, checked, { ...checked, channels: [] })).toBe(false);
  expect(stands({}, checked, settled({ keep_days: 30 }))).toBe(true);
});
