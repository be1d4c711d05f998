import { expect, it } from 'vitest';
import { linksIn } from './links';

const hrefs = (text: string) => linksIn(text).flatMap(({ href }) => href ?? []);

it('finds addresses, without the punctuation of the sentence', () => {
  expect(linksIn('Veja (https://a.exemplo/b?c=1).')).toEqual([
    { text: 'Veja (', href: null },
    { text: 'https://a.exemplo/b?c=1', href: 'https://a.exemplo/b?c=1' },
    { text: ').', href: null },
  ]);
  expect(hrefs('http://x.exemplo e https://y.exemplo!')).toEqual([
    'http://x.exemplo',
    'https://y.exemplo',
  ]);
});

it('makes no link of anything that could run', () => {
  expect(hrefs('javascript:alert(1) data:text/html,x <a href="x">')).toEqual([]);
});

it('leaves the text whole', () => {
  const text = 'a https://b.exemplo c\nd';
  expect(
    linksIn(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
