import { useEffect } from 'react';
import { useLiveState } from '@/lib/realtime/LiveProvider';
import { tellActivity } from './api';

const IDLE_MS = 5 * 60_000;
const NOTE_MS = 15_000;
const KEY = 'balcao.touched';
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const touchedAt = () => Number(localStorage.getItem(KEY) ?? 0);

/**
 * Tells the server when nobody touches this browser any more, in whichever tab, and when somebody does
 * again. Said anew with each stream: a gateway that has come up again does not know.
 */
export function useIdle() {
  const live = useLiveState();
  useEffect(() => {
    if (live !== 'open') return;
    let told: boolean | undefined;
    const tell = (is_idle: boolean) => {
      if (told === is_idle) return;
      told = is_idle;
      void tellActivity(is_idle).catch(() => {
        told = undefined;
      });
    };
    const touched = () => {
      const now = Date.now();
      if (now - touchedAt() > NOTE_MS) localStorage.setItem(KEY, String(now));
      tell(false);
    };
    const look = () => {
      if (Date.now() - touchedAt() > IDLE_MS) tell(true);
    };
    if (touchedAt() === 0) localStorage.setItem(KEY, String(Date.now()));
    look();
    const timer = setInterval(look, NOTE_MS);
    const elsewhere = ({ key }: StorageEvent) => {
      if (key === KEY && told === true) tell(false);
    };
    window.addEventListener('storage', elsewhere);
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true });
    return () => {
      clearInterval(timer);
      window.removeEventListener('storage', elsewhere);
      for (const sign of SIGNS) window.removeEventListener(sign, touched);
    };
  }, [live]);
}
