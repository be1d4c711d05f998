import { expect, it } from 'vitest';
import { linkOfVisit, readLink } from './link';

const aVisit = () => {
  const kept = new Map<string, unknown>();
  return {
    get: (name: string) => kept.get(name) ?? null,
    put: (name: string, value: unknown) => void kept.set(name, value),
  };
};

it('takes the script tag’s word before the address’s', () => {
  expect(readLink(' vitrine ', '?ref=outra')).toEqual({ ref: 'vitrine' });
  expect(readLink('', '?ref=loja-7&utm_campaign=natal')).toEqual({
    ref: 'loja-7',
    campaign: 'natal',
  });
  expect(readLink('', '?q=secreto')).toBeNull();
  expect(readLink('', `?ref=${'a'.repeat(500)}`)?.ref).toHaveLength(200);
});

it('is remembered on the pages that follow, until another link leads here', () => {
  const visit = aVisit();
  expect(linkOfVisit(null, visit)).toEqual({});
  expect(linkOfVisit({ ref: 'vitrine' }, visit)).toEqual({ ref: 'vitrine' });
  expect(linkOfVisit(null, visit)).toEqual({ ref: 'vitrine' });
  expect(linkOfVisit({ campaign: 'natal' }, visit)).toEqual({ campaign: 'natal' });
  expect(linkOfVisit(null, visit)).toEqual({ campaign: 'natal' });
});

it('makes nothing of what somebody else left there', () => {
  const visit = aVisit();
  visit.put('link', { ref: 7, campaign: { x: 1 } });
  expect(linkOfVisit(null, visit)).toEqual({});
});
