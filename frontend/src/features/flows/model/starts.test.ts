import { describe, expect, it } from 'vitest';
import { keyOf, wishOf, type Draft } from './starts';

const draft = (change: Partial<Draft>): Draft => ({
  kind: 'channel',
  flow_id: 3,
  place: null,
  text: '',
  agent: null,
  ...change,
});

describe('a wish', () => {
  it('says what its kind has to say, and nothing else', () => {
    expect(wishOf(draft({ place: 7, text: 'sobra' }))).toEqual({
      kind: 'channel',
      flow_id: 3,
      channel_id: 7,
    });
    expect(wishOf(draft({ kind: 'ad', text: ' 1202 ' }))).toEqual({
      kind: 'ad',
      flow_id: 3,
      ad_id: '1202',
    });
    expect(wishOf(draft({ kind: 'link', place: 7, text: 'vitrine' }))).toEqual({
      kind: 'link',
      flow_id: 3,
      channel_id: 7,
      ref: 'vitrine',
    });
    expect(wishOf(draft({ kind: 'survey' }))).toEqual({ kind: 'survey', flow_id: 3 });
    expect(wishOf(draft({ kind: 'department', place: 9 }))).toEqual({
      kind: 'department',
      flow_id: 3,
      department_id: 9,
    });
  });

  it('is its agent’s, but of departments', () => {
    expect(wishOf(draft({ place: 7, agent: 'Lia' }))).toMatchObject({ agent: 'Lia' });
    expect(wishOf(draft({ kind: 'survey', agent: 'Lia' }))).toEqual({ kind: 'survey', flow_id: 3 });
  });

  it('is none while something is missing', () => {
    expect(wishOf(draft({}))).toBeUndefined();
    expect(wishOf(draft({ kind: 'department' }))).toBeUndefined();
    expect(wishOf(draft({ kind: 'ad', text: '  ' }))).toBeUndefined();
    expect(wishOf(draft({ kind: 'link', place: 7 }))).toBeUndefined();
  });
});

it('two links that differ in case are one', () => {
  const of = (ref: string) => keyOf({ kind: 'link', flow_id: 3, ref });
  expect(of('Vitrine')).toBe(of('vitrine'));
  expect(of('vitrine')).not.toBe(of('loja'));
});
