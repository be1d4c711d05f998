/*
 * A page in a background tab keeps its stream for a minute, for the ones who look something up and
 * come back. After that it would only take one of the few connections a browser gives a host.
 */
const GRACE_MS = 60_000;

interface Listeners {
  onNetwork: (isOnline: boolean) => void;
  onLook: (isLooking: boolean) => void;
  onLeft: () => void;
}

/** Whether the network is there, and whether somebody looks at the page. */
export function watchPresence({ onNetwork, onLook, onLeft }: Listeners) {
  let leaving: ReturnType<typeof setTimeout> | undefined;

  addEventListener('online', () => onNetwork(true));
  addEventListener('offline', () => onNetwork(false));
  document.addEventListener('visibilitychange', () => {
    clearTimeout(leaving);
    onLook(isLooking());
    if (!isLooking()) leaving = setTimeout(onLeft, GRACE_MS);
  });
}

export const isLooking = () => document.visibilityState === 'visible';
