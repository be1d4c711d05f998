import { describe, expect, it } from 'vitest';
import en from './locales/en.json';
import pt from './locales/pt-BR.json';
import { createWords } from './words';

const names = (sentence: string) =>
  [...sentence.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

describe('the two languages', () => {
  it('say the same things', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(pt).sort());
  });

  it.each(Object.keys(pt) as (keyof typeof pt)[])('fill in the same names: %s', (key) => {
    expect(en[key].trim()).not.toBe('');
    expect(names(en[key])).toEqual(names(pt[key]));
  });

  it('have all three forms of every plural: Portuguese has its own for exact millions', () => {
    for (const key of Object.keys(pt).filter((name) => name.endsWith('_other'))) {
      const base = key.slice(0, -'_other'.length);
      expect(Object.keys(pt)).toEqual(expect.arrayContaining([`${base}_one`, `${base}_many`]));
    }
  });
});

describe('words', () => {
  const portuguese = createWords('pt-BR');
  const english = createWords('en-US');

  it('speak the account’s language, Portuguese when it is another', () => {
    expect(portuguese.say('send')).toBe('Enviar');
    expect(english.say('send')).toBe('Send');
    expect(createWords('fr').say('send')).toBe('Enviar');
  });

  it('count', () => {
    expect(portuguese.count('open_unread', 1)).toBe('Abrir conversa, 1 mensagem nova');
    expect(portuguese.count('open_unread', 2)).toBe('Abrir conversa, 2 mensagens novas');
    expect(portuguese.count('open_unread', 1_000_000)).toContain('mensagens');
  });

  it('have a sentence for every refusal, with its code when it is a new one', () => {
    expect(portuguese.refused('kind_unsupported')).toBe('Este tipo de arquivo não é aceito aqui.');
    expect(portuguese.refused('brand_new')).toContain('brand_new');
    expect(portuguese.refused('file_too_large', { name: 'a.pdf', limit: '16 MB' })).toBe(
      'a.pdf passa do limite de 16 MB.',
    );
  });

  it('name days as people do', () => {
    const now = new Date('2026-11-20T15:00:00');
    expect(portuguese.day(new Date('2026-11-20T00:10:00'), now)).toBe('hoje');
    expect(portuguese.day(new Date('2026-11-19T23:50:00'), now)).toBe('ontem');
    expect(portuguese.day(new Date('2026-11-02T12:00:00'), now)).toBe('2 de novembro');
    expect(english.day(new Date('2025-11-02T12:00:00'), now)).toBe('November 2, 2025');
  });

  it('write sizes', () => {
    expect(portuguese.size(1_500_000)).toBe('1,5 MB');
    expect(english.size(340)).toBe('0.3 kB');
  });
});
