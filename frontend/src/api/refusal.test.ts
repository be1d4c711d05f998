import { mayPass, Refusal } from './refusal';

it.each([
  [0, true],
  [403, false],
  [409, false],
  [429, true],
  [503, true],
])('whether asking again after %d may help: %s', (status, may) => {
  expect(mayPass(new Refusal({ slug: 'x', status }))).toBe(may);
});
