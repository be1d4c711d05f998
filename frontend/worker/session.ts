export type Notice = {
  id: number;
  account_slug: string;
  kind: 'queue' | 'assigned' | 'reply' | 'mention' | 'sla' | 'channel' | 'chat' | 'test';
  ticket_id: number | null;
  protocol: string | null;
  channel_id: number | null;
  is_late: boolean;
};

const ask = () => fetch('/api/v1/notices', { credentials: 'same-origin' });

/** The name under which pages wait for one another when their access has expired. */
const LOCK = 'balcao.session-refresh';

/** Null when nobody is signed in here, or there is no line. */
export async function askNotices(): Promise<Notice[] | null> {
  try {
    let answer = await ask();
    if (answer.status === 401) answer = await navigator.locks.request(LOCK, askWithFreshSession);
    return answer.ok ? ((await answer.json()) as { data: Notice[] }).data : null;
  } catch {
    return null;
  }
}

/** In turn with the pages: one of them may have refreshed it while we waited. */
async function askWithFreshSession(): Promise<Response> {
  const again = await ask();
  if (again.status !== 401) return again;
  const refreshed = await fetch('/api/v1/session/refresh', {
    method: 'POST',
    credentials: 'same-origin',
  });
  return refreshed.ok ? ask() : again;
}
