import type { QueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import { asRefusal } from '@/api/refusal';
import { bringWords, i18n } from '@/lib/i18n';
import type { Heard } from '@/lib/notify';
import { webLocks } from '@/lib/locks';
import { isOnBreak } from '@/lib/presence';
import { dropToast, toast } from '@/lib/toast';
import { channelNow, noticesQuery, type Kind, type NoticeSettings } from './api';
import { Lead } from './Lead';
import { isQuiet, minuteIn } from './quiet';
import { play, type Melody } from './sound';

/** `zone`: of the account, whose quiet hours these are. `open`: goes there. */
type Told = Heard & { zone: string; open?: (() => void) | undefined };

const MELODY: Record<Kind, Melody> = {
  queue: 'queue',
  assigned: 'assigned',
  reply: 'reply',
  mention: 'assigned',
  sla: 'trouble',
  channel: 'trouble',
  chat: 'reply',
};

const QUEUE_PAUSE_MS = 20_000;
const REPEAT_MS = 15_000;
const REPEATS = 20;
/** Long enough for the other tabs to find the bell taken: one of them rings. */
const BELL_HELD_MS = 1500;

const isInFront = () => document.visibilityState === 'visible' && document.hasFocus();
const isOpen = ({ path }: Told) =>
  isInFront() && (!path || window.location.pathname.startsWith(path));

let queueRangAt = 0;

/** By the ways that the member chose for this kind. What is open in front of them needs none. */
export async function deliver(cache: QueryClient, heard: Told): Promise<void> {
  if (isOpen(heard) && heard.path) return;
  if (heard.channel_id && !(await isDown(heard.channel_id))) return;
  const settings = await cache.query({ ...noticesQuery, staleTime: 'static' });
  const wants = (way: 'page' | 'sound' | 'system') => settings[way].includes(heard.kind);

  await bringWords('notices');
  if (heard.is_late) dropToast(tagOf(heard)); // that it was short is no news any more
  if (wants('page')) toast({ id: tagOf(heard), message: told(heard) });
  if (isQuiet(settings, minuteIn(heard.zone, new Date())) || isOnBreak(cache)) return;
  await once(async () => {
    if (wants('sound')) await sound(cache, heard, settings);
    if (wants('system')) await show(heard);
  });
}

async function isDown(id: number): Promise<boolean> {
  try {
    return (await channelNow(id)).state === 'failing';
  } catch (thrown) {
    asRefusal(thrown); // not ours to see, or away: nothing to tell
    return false;
  }
}

const tagOf = ({ kind, ticket, channel_id, path }: Heard) =>
  `${kind}-${ticket?.id ?? channel_id ?? path ?? 0}`;

const wordOf = ({ kind, by, is_late }: Heard) =>
  kind === 'assigned' && by ? 'assigned_by' : kind === 'sla' && is_late ? 'sla_late' : kind;

const sentence = (heard: Heard) =>
  i18n.t(`notices:told.${wordOf(heard)}`, {
    number: heard.ticket?.protocol ?? '',
    name: heard.by ?? '',
  });

const told = (heard: Told) =>
  heard.open
    ? createElement(Lead, { id: tagOf(heard), open: heard.open, children: sentence(heard) })
    : sentence(heard);

/** Every tab hears the event; whoever gets the bell rings for all of them. */
async function once(work: () => Promise<void>): Promise<void> {
  const locks = webLocks();
  if (!locks) return work();
  await new Promise<void>((done) => {
    void locks.request('balcao.bell', { ifAvailable: true }, async (bell) => {
      if (bell) await work();
      done();
      if (bell) await new Promise((over) => setTimeout(over, BELL_HELD_MS));
    });
  });
}

async function sound(cache: QueryClient, heard: Told, settings: NoticeSettings) {
  if (settings.only_away && isInFront()) return;
  if (heard.kind === 'queue') {
    if (Date.now() - queueRangAt < QUEUE_PAUSE_MS) return;
    queueRangAt = Date.now();
  }
  await play(MELODY[heard.kind], settings);
  if (settings.repeats && heard.kind !== 'queue') repeat(cache, heard, settings, REPEATS);
}

const repeating = new Map<string, ReturnType<typeof setTimeout>>();

/** Until it is opened or a break begins, and five minutes at most: an empty desk does not ring all night. */
function repeat(cache: QueryClient, heard: Told, settings: NoticeSettings, left: number) {
  const tag = tagOf(heard);
  clearTimeout(repeating.get(tag));
  repeating.delete(tag);
  if (left === 0 || isOpen(heard) || isOnBreak(cache)) return;
  repeating.set(
    tag,
    setTimeout(() => {
      if (!isOpen(heard) && !isOnBreak(cache)) void play(MELODY[heard.kind], settings);
      repeat(cache, heard, settings, left - 1);
    }, REPEAT_MS),
  );
}

/** The system's own notice, while the page is not in front. The same tag as a push's: one replaces the other. */
async function show(heard: Told) {
  if (isInFront() || typeof Notification === 'undefined' || Notification.permission !== 'granted')
    return;
  await showNotice(sentence(heard), tagOf(heard), heard.path);
}

export async function showNotice(body: string, tag: string, path?: string) {
  const options = { body, tag, icon: '/icon-192.png', data: { url: path ?? '/' } };
  const worker = await (navigator as Partial<Navigator>).serviceWorker?.getRegistration();
  if (worker?.active) return worker.showNotification('Balcão', options);
  const notice = new Notification('Balcão', options);
  notice.onclick = () => window.focus();
}
