import { bringWords } from '@/lib/i18n';
import { sayOutlet } from './words';

beforeAll(() => bringWords('flows'));

it('a way out is called as the table calls it, which the check says too', () => {
  expect(sayOutlet({ name: 'next', label: 'adiante', required: true })).toBe('adiante');
  expect(sayOutlet({ name: 'yes', label: 'veio de anúncio', required: true })).toBe(
    'veio de anúncio',
  );
});

it('without a name there it has ours, and an option that nobody named shows itself', () => {
  expect(sayOutlet({ name: 'yes', label: '', required: true })).toBe('sim');
  expect(sayOutlet({ name: 'opt:a1', label: '', required: true })).toBe('opt:a1');
});
