import { render, screen } from '@testing-library/react';
import { bringWords } from '@/lib/i18n';
import { Origin } from './Origin';

beforeAll(() => bringWords('talk'));

const said = () =>
  screen
    .getAllByRole('definition')
    .map((one) => [one.previousSibling?.textContent, one.textContent]);

it('says which advertisement brought them, and nothing of what it does not know', () => {
  render(<Origin origin={{ kind: 'ad', ad_id: '120211', headline: 'Fibra 600 por R$ 99' }} />);
  expect(screen.getByText('De onde veio')).toBeVisible();
  expect(said()).toEqual([
    ['Por', 'Anúncio'],
    ['Título', 'Fibra 600 por R$ 99'],
    ['Anúncio', '120211'],
  ]);
});

it('shows a kind that is new here by its own word, and leads nowhere', () => {
  render(<Origin origin={{ kind: 'reel', ref: 'https://exemplo.com/x' }} />);
  expect(said()).toEqual([
    ['Por', 'reel'],
    ['Referência', 'https://exemplo.com/x'],
  ]);
  expect(screen.queryByRole('link')).toBeNull();
});
