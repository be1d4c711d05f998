import { expect, it } from 'vitest';
import { aFlow } from '../../model/a-flow';
import { newTestId, putTest, removeTest, renameTest, testsOf } from './saved';

const names = (document: ReturnType<typeof aFlow>) => testsOf(document).map(({ name }) => name);

it('a test is put, replaced in its place, renamed and removed; the rest of the flow is as it was', () => {
  const flow = aFlow();
  const two = putTest(putTest(flow, { id: 'a', name: 'Boleto' }), { id: 'b', name: 'Pessoa' });
  expect(names(two)).toEqual(['Boleto', 'Pessoa']);
  expect(names(putTest(two, { id: 'a', name: 'De novo' }))).toEqual(['De novo', 'Pessoa']);
  expect(names(renameTest(two, 'b', 'Gente'))).toEqual(['Boleto', 'Gente']);
  expect(names(removeTest(two, 'a'))).toEqual(['Pessoa']);
  expect(removeTest(two, 'a').cards).toBe(flow.cards);
  expect(names(flow)).toEqual([]);
  expect(['a', 'b']).not.toContain(newTestId(two));
});

it('whatever else stands where tests are kept is left alone', () => {
  const strange = { ...aFlow(), meta: { note: 'minha', tests: 'nada' } };
  expect(testsOf(strange)).toEqual([]);
  expect(putTest(strange, { id: 'a' })).toMatchObject({
    meta: { note: 'minha', tests: [{ id: 'a' }] },
  });
});
