import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt';

/** Hits in brackets. */
const shown = (text: string, typed: string) =>
  excerpt(text, typed)
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('');

describe('an excerpt', () => {
  it.each([
    ['A conexão caiu', 'conexao', 'A [conexão] caiu'],
    ['A conexao caiu', 'CONEXÃO', 'A [conexao] caiu'],
    ['boletos e boleto', 'bol', '[bol]etos e [bol]eto'],
    ['reembolso', 'bol', 'reembolso'],
    ['o boleto de maio', '"boleto de"', 'o [boleto de] maio'],
    ['o boleto de maio', 'maio -boleto', 'o boleto de [maio]'],
    ['contrato-2026.pdf', '2026', 'contrato-[2026].pdf'],
    ['rita@exemplo.org', 'rita@exemplo', '[rita@exemplo].org'],
    ['a.c e a+c', '.', 'a.c e a+c'],
    ['🙂 olá 🙂 Rita', 'rita', '🙂 olá 🙂 [Rita]'],
    ['linha um\n\n  linha dois', 'dois', 'linha um linha [dois]'],
  ])('of %j for %j', (text, typed, expected) => {
    expect(shown(text, typed)).toBe(expected);
  });

  it('of a long text begins near the first hit, at a word', () => {
    const text = `${'palavra '.repeat(100)}boleto ${'depois '.repeat(100)}`;
    const cut = shown(text, 'boleto');
    expect(cut).toMatch(/^…palavra/);
    expect(cut).toContain('[boleto]');
    expect(cut).toMatch(/…$/);
    expect(cut.length).toBeLessThan(200);
  });
});
