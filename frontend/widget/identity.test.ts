import { expect, it } from 'vitest';
import { personOf, readIdentity } from './identity';

it('reads what a page may leave, and nothing else', () => {
  expect(readIdentity({ identifier: 42, name: ' Ana ', extra: 'x', email: null })).toEqual({
    identifier: '42',
    name: 'Ana',
  });
  expect(readIdentity({ name: 'a'.repeat(500) })?.name).toHaveLength(120);
});

it.each([[null], [undefined], ['42'], [{}], [{ identifier: '' }]])(
  'takes %o for nobody',
  (given) => {
    expect(readIdentity(given)).toBeNull();
    expect(personOf(null)).toBe('');
  },
);
