import { expect, it } from 'vitest';
import { createShelf } from './storage';
import { memoryStorage } from './testing/memory-storage';

const refused = (): Storage => {
  throw new DOMException('denied', 'SecurityError');
};

it('keeps its own corner', () => {
  const storage = memoryStorage();
  storage.setItem('page-setting', '1');
  const shelf = createShelf('balcao:a:', () => storage);
  createShelf('balcao:b:', () => storage).put('out:1', 'other');
  shelf.put('out:1', { text: 'oi' });
  shelf.put('pass', 'x');
  expect(shelf.get('out:1')).toEqual({ text: 'oi' });
  expect(shelf.names('out:')).toEqual(['out:1']);
  shelf.drop('out:1');
  expect(shelf.get('out:1')).toBeNull();
});

it('lives in memory where the browser refuses', () => {
  const shelf = createShelf('balcao:a:', refused);
  shelf.put('out:1', 'oi');
  expect(shelf.get('out:1')).toBe('oi');
  expect(shelf.names('out:')).toEqual(['out:1']);
  shelf.drop('out:1');
  expect(shelf.get('out:1')).toBeNull();
});

it('lives in memory what does not fit any more', () => {
  const storage = memoryStorage();
  const shelf = createShelf('t:', () => storage);
  shelf.put('draft', 'short');
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  shelf.put('draft', 'longer');
  expect(shelf.get('draft')).toBe('longer');
});

it('takes what somebody damaged for nothing', () => {
  const storage = memoryStorage();
  storage.setItem('t:pass', '{"token":');
  expect(createShelf('t:', () => storage).get('pass')).toBeNull();
});
