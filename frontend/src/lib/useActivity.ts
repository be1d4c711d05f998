import { useEffect } from 'react';
import { api } from '@/api/client';

const EVERY_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Tells the server, once a minute at most, that somebody is here: a session that nobody uses ends.
 * What the page does by itself is no sign of anybody.
 */
export function useActivity() {
  useEffect(() => {
    let told_at = Date.now();
    const tell = () => {
      if (Date.now() - told_at < EVERY_MS) return;
      told_at = Date.now();
      void api.POST('/api/v1/session/activity').catch(() => undefined);
    };
    for (const sign of SIGNS) window.addEventListener(sign, tell, { passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, tell);
    };
  }, []);
}
