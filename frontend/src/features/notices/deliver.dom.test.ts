import { QueryClient } from '@tanstack/react-query';
import { mineQuery } from '@/lib/presence';
import type { NoticeSettings } from './api';
import { deliver } from './deliver';
import { noticesQuery } from './api';

const toast = vi.hoisted(() => vi.fn());
const play = vi.hoisted(() => vi.fn());
vi.mock('@/lib/toast', () => ({ toast, dropToast: vi.fn() }));
vi.mock('./sound', () => ({ play }));

const SETTINGS: NoticeSettings = {
  page: ['assigned'],
  sound: ['assigned', 'reply'],
  system: [],
  push: [],
  tune: 'soft',
  volume: 60,
  repeats: false,
  only_away: false,
  quiet_from_min: null,
  quiet_until_min: null,
  push_key: '',
  subscriptions: [],
};

function housedBy(change: Partial<NoticeSettings> = {}) {
  const cache = new QueryClient();
  cache.setQueryData(noticesQuery.queryKey, { ...SETTINGS, ...change });
  return cache;
}

const ticket = { id: 7, protocol: '20260304-0007' };
const about = { ticket, path: '/atendimentos/7', zone: 'UTC' };

beforeEach(() => {
  toast.mockClear();
  play.mockClear();
  window.history.replaceState(null, '', '/atendimentos');
});

it('tells by the ways that were chosen for the kind, number and kind only', async () => {
  await deliver(housedBy(), { kind: 'assigned', ...about });
  expect(toast).toHaveBeenCalledWith(
    expect.objectContaining({ message: '20260304-0007: agora é com você.' }),
  );
  expect(play).toHaveBeenCalledOnce();
  await deliver(housedBy(), { kind: 'reply', ...about });
  expect(toast).toHaveBeenCalledOnce();
  expect(play).toHaveBeenCalledTimes(2);
});

it('says who gave a ticket, and that a promise is broken rather than short', async () => {
  const all = housedBy({ page: ['assigned', 'sla'] });
  const said = () => toast.mock.lastCall?.[0] as { id: string; message: unknown };
  await deliver(all, { kind: 'assigned', by: 'Bruno', ...about });
  expect(said().message).toBe('Bruno transferiu 20260304-0007 para você.');
  await deliver(all, { kind: 'sla', ...about });
  expect(said().message).toBe('20260304-0007: o prazo está no fim.');
  await deliver(all, { kind: 'sla', is_late: true, ...about });
  expect(said()).toMatchObject({ id: 'sla-7', message: '20260304-0007: o prazo passou.' });
});

it('plays nothing at a quiet hour, and still says it in the page', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-04T23:00:00Z') });
  await deliver(housedBy({ quiet_from_min: 1320, quiet_until_min: 420 }), {
    kind: 'assigned',
    ...about,
  });
  expect(toast).toHaveBeenCalledOnce();
  expect(play).not.toHaveBeenCalled();
  vi.useRealTimers();
});

it('plays nothing on a break, falls silent when one begins, and still says it in the page', async () => {
  vi.useFakeTimers();
  const cache = housedBy({ repeats: true });
  await deliver(cache, { kind: 'assigned', ...about });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(play).toHaveBeenCalledTimes(2);
  cache.setQueryData(mineQuery.queryKey, {
    member_id: 1,
    state: 'break',
    since: null,
    chosen: 'available',
    break: {
      id: 1,
      member_id: 1,
      reason_id: 1,
      planned_min: 15,
      started_at: '2026-03-04T12:00:00.000Z',
      ended_at: null,
      ended_by: null,
    },
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(play).toHaveBeenCalledTimes(2);
  await deliver(cache, { kind: 'assigned', ...about });
  expect(toast).toHaveBeenCalledTimes(2);
  expect(play).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

it('is silent about what is open in front of the reader', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  window.history.replaceState(null, '', '/atendimentos/7');
  await deliver(housedBy(), { kind: 'assigned', ...about });
  expect(toast).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
