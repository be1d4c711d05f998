import { expect, it } from 'vitest';
import { looksLikeNetwork } from './networks';

it.each(['203.0.113.0/24', '10.0.0.1', '2001:db8::/48', '::1', ' 10.0.0.0/8 '])(
  'takes %s',
  (line) => expect(looksLikeNetwork(line)).toBe(true),
);

it.each([
  '',
  'office',
  '10.0.0',
  '010.0.0.0/8',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '10.0.0.0/8/8',
  '256.1.1.1',
  'fe80::1%eth0/128',
  '2001:::1',
])('refuses %s', (line) => expect(looksLikeNetwork(line)).toBe(false));
