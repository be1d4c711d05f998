import { webLocks } from '@/lib/locks';
import { stepUp } from './step-up';

/**
 * The access cookie lives ten minutes. When a request finds it expired, one refresh is made for
 * the whole browser: tabs queue on a Web Lock, and whoever comes after a refresh that happened
 * since its own request simply tries again.
 */
const LOCK = 'balcao.session-refresh';
const STAMP = 'balcao.session-refreshed-at';
const EXPIRED = new Set(['access_expired', 'session_missing']);

const lastRefreshAt = () => Number(localStorage.getItem(STAMP) ?? 0);

let queue: Promise<unknown> = Promise.resolve();

/** Without Web Locks (old browsers, tests) the queue is at least one per tab. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const locks = webLocks();
  if (locks) return await locks.request(LOCK, work);
  const mine = queue.then(work, work);
  queue = mine.catch(() => undefined);
  return mine;
}

/** Asks for new cookies, unless somebody got them since. True when it is worth trying again. */
export async function refreshSession(since: number): Promise<boolean> {
  const address = new URL('/api/v1/session/refresh', window.location.origin).href;
  return inTurn(async () => {
    if (lastRefreshAt() > since) return true;
    const answer = await globalThis.fetch(address, { method: 'POST', credentials: 'same-origin' });
    if (answer.ok) localStorage.setItem(STAMP, String(Date.now()));
    return answer.ok;
  });
}

async function slugOf(answer: Response) {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  return typeof body === 'object' && body !== null && 'slug' in body ? body.slug : undefined;
}

/**
 * fetch, with one second chance: a silent one after the session was refreshed, or one that the
 * person gave by showing once more that it is them.
 */
export async function fetchWithSession(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const spare = request.clone(); // a body can be read once
  const answer = await globalThis.fetch(request);

  if (answer.status === 403 && (await slugOf(answer)) === 'step_up_required') {
    return (await stepUp()) ? globalThis.fetch(spare) : answer;
  }
  if (answer.status !== 401) return answer;
  const slug = await slugOf(answer);
  if (typeof slug !== 'string' || !EXPIRED.has(slug)) return answer;

  return (await refreshSession(sentAt)) ? globalThis.fetch(spare) : answer;
}
