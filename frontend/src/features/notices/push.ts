import { subscribePush, unsubscribePush, type NoticeSettings } from './api';

/** What this browser says about being pushed to. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

const worker = () => (navigator as Partial<Navigator>).serviceWorker;

const isSupported = () =>
  Boolean(worker()) && 'PushManager' in window && typeof Notification !== 'undefined';

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const own = async () => (await worker()?.getRegistration())?.pushManager.getSubscription() ?? null;

/** The server's number of this browser's subscription, when it has one. */
export async function ownSubscription(settings: NoticeSettings): Promise<number | undefined> {
  const subscription = isSupported() ? await own() : null;
  if (!subscription) return undefined;
  const digest = await digestOf(subscription.endpoint);
  return settings.subscriptions.find((one) => one.digest === digest)?.id;
}

export async function pushState(settings: NoticeSettings): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await ownSubscription(settings)) ? 'on' : 'off';
}

/** Asks the person, then the browser's push service, then our server. */
export async function switchOn({ push_key }: NoticeSettings): Promise<PushState> {
  const workers = worker();
  if (!isSupported() || !workers) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { pushManager } = await workers.ready;
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: push_key,
  });
  await subscribePush(subscription.endpoint);
  return 'on';
}

/** Whoever signs out is told nothing in this browser any more. */
export async function forgetHere(read: () => Promise<NoticeSettings>): Promise<void> {
  if (await own()) await switchOff(await read());
}

export async function switchOff(settings: NoticeSettings): Promise<void> {
  const id = await ownSubscription(settings);
  if (id) await unsubscribePush(id);
  await (await own())?.unsubscribe();
}
