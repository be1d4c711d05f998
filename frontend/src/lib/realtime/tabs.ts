import { webLocks } from '../locks';
import { LiveStream } from './stream';
import type { LiveEvent, LiveState, OpenSource, TabMessage } from './protocol';

type Listeners = {
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
  renew: () => Promise<void>;
};

/**
 * One stream per browser, not per tab: whoever holds the Web Lock reads it and repeats it to the
 * others over a BroadcastChannel. When the leader's tab closes the lock passes on, and the new
 * leader refetches what it may have missed (a `reset` of our own making).
 */
export function joinLive(
  account: number,
  kinds: readonly string[],
  listeners: Listeners,
  openSource?: OpenSource,
) {
  const name = `balcao.live.${account}`;
  const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name);
  const left = new AbortController();
  let stream: LiveStream | undefined;
  let state: LiveState = 'connecting';
  let followed = false;

  const tell = (message: TabMessage) => tabs?.postMessage(message);

  const lead = () => {
    if (followed) listeners.onEvent({ id: '', kind: 'reset', data: null });
    stream = new LiveStream(
      account,
      kinds,
      {
        renew: listeners.renew,
        onEvent: (event) => {
          listeners.onEvent(event);
          tell({ kind: 'event', event });
        },
        onState: (next) => {
          state = next;
          listeners.onState(next);
          tell({ kind: 'state', state: next });
        },
      },
      openSource,
    );
    stream.open();
  };

  if (tabs) {
    tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data.kind === 'who_leads') {
        if (stream) tell({ kind: 'state', state });
        return;
      }
      if (stream) return;
      followed = true;
      if (data.kind === 'event') listeners.onEvent(data.event);
      else listeners.onState(data.state);
    };
    tell({ kind: 'who_leads' });
  }

  const locks = webLocks();
  if (locks) {
    const untilLeft = () => {
      /* Granted in the very moment we left: pass it on, or nobody would ever lead. */
      if (left.signal.aborted) return Promise.resolve();
      lead();
      return new Promise<void>((resolve) => {
        left.signal.addEventListener('abort', () => resolve());
      });
    };
    locks.request(name, { signal: left.signal }, untilLeft).catch(() => undefined);
  } else {
    lead();
  }

  return () => {
    left.abort();
    stream?.close();
    tabs?.close();
  };
}
