import { askNotices, type Notice } from './session';
import { language, markSeen, seen } from './memory';
import { WORDS } from './words';

/** Also those that were there before the worker was. */
const pagesOf = (self: ServiceWorkerGlobalScope) =>
  self.clients.matchAll({ type: 'window', includeUncontrolled: true });

/** A push says nothing by itself: what it is about is asked for, with the session of this browser. */
export async function told(self: ServiceWorkerGlobalScope): Promise<void> {
  const words = WORDS[await language()];
  const notices = await askNotices();
  if (!notices) {
    /* No session, or no line: that something is there may be known, what it is may not. */
    return self.registration.showNotification('Balcão', {
      body: words.something,
      tag: 'something',
      icon: '/icon-192.png',
      data: { url: '/' },
    });
  }

  const known = await seen();
  const fresh = notices.filter(({ id }) => !known.includes(id));
  await markSeen(notices.map(({ id }) => id));
  const pages = await pagesOf(self);
  if (fresh.some(({ kind }) => kind === 'test'))
    for (const one of pages) one.postMessage('test_arrived');

  /* A page in front tells by itself; the browser allows silence then. */
  const isInFront = pages.some((one) => one.visibilityState === 'visible' && one.focused);
  const shown = fresh.filter(({ kind }) => kind === 'test' || !isInFront);
  for (const notice of shown.reverse()) await show(self, notice, false);
  /* Pushed twice, or several folded into one: the newest is shown again and stays silent. */
  const newest = notices[0];
  if (fresh.length === 0 && newest && !isInFront) await show(self, newest, true);
}

const pathOf = ({ ticket_id, channel_id, account_slug }: Notice): string => {
  const place = ticket_id
    ? `/atendimentos/${ticket_id}`
    : channel_id
      ? `/configuracoes/canais/${channel_id}`
      : '/';
  return `${place}?conta=${encodeURIComponent(account_slug)}`;
};

async function show(
  self: ServiceWorkerGlobalScope,
  notice: Notice,
  silent: boolean,
): Promise<void> {
  const { kind, ticket_id, channel_id, protocol, is_late } = notice;
  const words = WORDS[await language()];
  await self.registration.showNotification('Balcão', {
    body: words[kind === 'sla' && is_late ? 'sla_late' : kind].replace(
      '{{number}}',
      protocol ?? '',
    ),
    tag: `${kind}-${ticket_id ?? channel_id ?? 0}`, // as the page's own: one takes the other's place
    icon: '/icon-192.png',
    silent,
    data: { url: pathOf(notice) },
  });
}

/** The page that is open goes there; without one, a new one opens. */
export async function clicked(self: ServiceWorkerGlobalScope, data: unknown): Promise<void> {
  const url =
    typeof data === 'object' && data !== null && 'url' in data && typeof data.url === 'string'
      ? data.url
      : '/';
  const [open] = await pagesOf(self);
  if (!open) {
    await self.clients.openWindow(url);
    return;
  }
  await open.focus().catch(() => undefined); // the browser may not let us: it goes there all the same
  open.postMessage({ go: url });
}
