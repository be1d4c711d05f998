import { aTicket } from '@/testing/factories';
import { clockOf } from './clock';

const NOW = Date.parse('2026-11-20T15:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const quiet = { window_ends_at: null, last_inbound_at: ago(9), last_outbound_at: null };

it.each([
  ['our turn since they wrote', quiet, { kind: 'our_turn', waited_s: 540 }],
  ['their turn once we answered', { ...quiet, last_outbound_at: ago(2) }, { kind: 'their_turn' }],
  [
    'the window when it is nearly over',
    { ...quiet, window_ends_at: ago(-192) },
    { kind: 'window', left_s: 11_520 },
  ],
  [
    'nothing of a window that is far',
    { ...quiet, window_ends_at: ago(-1400) },
    { kind: 'our_turn', waited_s: 540 },
  ],
  [
    'a closed window',
    { ...quiet, window_ends_at: ago(1) },
    { kind: 'window_closed', since: ago(1) },
  ],
  [
    'the wait in the queue',
    { ...quiet, state: 'waiting' as const, queued_at: ago(15) },
    { kind: 'queue', waited_s: 900 },
  ],
  ['the end', { ...quiet, state: 'closed' as const, window_ends_at: ago(1) }, { kind: 'closed' }],
])('shows %s', (_name, change, clock) => {
  expect(clockOf(aTicket(change), NOW)).toEqual(clock);
});
