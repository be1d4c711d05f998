import { useEffect, useRef, useState } from 'react';
import { nameOf, type ShortcutName } from '@/lib/shortcuts';
import { isChord, MODIFIERS, problemOfPress, type Problem } from './allowed';

/** How long after one key another may follow it. */
const SECOND_KEY_MS = 1000;

type Capture = { name: ShortcutName; first: string };

type Listener = {
  onKeys: (name: ShortcutName, keys: string) => void;
  onProblem: (name: ShortcutName, problem: Problem) => void;
};

/** Listens for the keys of one shortcut, before anybody else hears them. Esc gives up. */
export function useCapture(listener: Listener) {
  const [capture, setCapture] = useState<Capture>();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });

  useEffect(() => {
    if (!capture) return;
    const { name, first } = capture;
    const finish = (keys: string) => {
      setCapture(undefined);
      latest.current.onKeys(name, keys);
    };
    const onKey = (event: KeyboardEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (MODIFIERS.includes(event.key) || event.repeat) return;
      if (event.key === 'Escape') {
        setCapture(undefined);
        return;
      }
      const key = nameOf(event);
      const problem = problemOfPress(event, key);
      if (problem) {
        setCapture(undefined);
        latest.current.onProblem(name, problem);
      } else if (first) finish(`${first} ${key}`);
      else if (isChord(name) || key.startsWith('mod+')) finish(key);
      else setCapture({ name, first: key });
    };
    const alone = first ? setTimeout(() => finish(first), SECOND_KEY_MS) : undefined;
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      clearTimeout(alone);
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [capture]);

  return {
    capturing: capture,
    start: (name: ShortcutName) => setCapture({ name, first: '' }),
    stop: () => setCapture(undefined),
  };
}
