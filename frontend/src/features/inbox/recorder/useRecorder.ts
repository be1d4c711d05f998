import { useCallback, useEffect, useRef, useState } from 'react';
import { closeMicrophone, fileOf, openMicrophone, troubleOf, type Trouble } from './microphone';

/** Longer notes are heard by nobody; it stops by itself and waits to be sent. */
export const LONGEST_S = 300;
const TICK_MS = 200;

export type Clip = { file: File; seconds: number };

export type Recording =
  | { phase: 'asking' }
  | { phase: 'recording' | 'paused'; seconds: number }
  | { phase: 'recorded'; clip: Clip }
  | { phase: 'trouble'; why: Trouble };

type Live = {
  recorder: MediaRecorder;
  chunks: Blob[];
  before_s: number;
  since: number | undefined;
};

const secondsOf = ({ before_s, since }: Live) =>
  before_s + (since === undefined ? 0 : (performance.now() - since) / 1000);

/** Asks for the microphone at once, unless there is a clip already. Leaving gives the microphone back. */
export function useRecorder(first: Clip | undefined, name: string) {
  const [state, setState] = useState<Recording>(
    first ? { phase: 'recorded', clip: first } : { phase: 'asking' },
  );
  const live = useRef<Live>(undefined);
  /* Who answers late, to a question that nobody asks any more, is not listened to. */
  const asked = useRef(0);

  const begin = useCallback(() => {
    const mine = ++asked.current;
    openMicrophone().then(
      (recorder) => {
        if (mine !== asked.current) return closeMicrophone(recorder);
        const chunks: Blob[] = [];
        recorder.ondataavailable = ({ data }) => chunks.push(data);
        recorder.start(1000);
        live.current = { recorder, chunks, before_s: 0, since: performance.now() };
        setState({ phase: 'recording', seconds: 0 });
      },
      (thrown: unknown) => {
        if (mine === asked.current) setState({ phase: 'trouble', why: troubleOf(thrown) });
      },
    );
  }, []);

  const start = () => {
    setState({ phase: 'asking' });
    begin();
  };

  /** The clip, with all that was said until now. */
  const finish = useCallback(async (): Promise<Clip | undefined> => {
    const now = live.current;
    if (!now) return undefined;
    live.current = undefined;
    const seconds = secondsOf(now);
    const ended = new Promise((resolve) => now.recorder.addEventListener('stop', resolve));
    now.recorder.stop();
    await ended;
    closeMicrophone(now.recorder);
    const clip = { file: fileOf(now.chunks, now.recorder.mimeType, name), seconds };
    setState({ phase: 'recorded', clip });
    return clip;
  }, [name]);

  const pause = () => {
    const now = live.current;
    if (!now) return;
    now.recorder.pause();
    live.current = { ...now, before_s: secondsOf(now), since: undefined };
    setState({ phase: 'paused', seconds: secondsOf(live.current) });
  };
  const goOn = () => {
    const now = live.current;
    if (!now) return;
    now.recorder.resume();
    live.current = { ...now, since: performance.now() };
    setState({ phase: 'recording', seconds: now.before_s });
  };

  useEffect(() => {
    if (!first) begin();
    return () => {
      asked.current += 1;
      if (live.current) closeMicrophone(live.current.recorder);
      live.current = undefined;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, for what it was opened with
  }, []);

  const running = state.phase === 'recording';
  useEffect(() => {
    if (!running) return;
    const ticking = setInterval(() => {
      if (!live.current) return;
      const seconds = secondsOf(live.current);
      if (seconds >= LONGEST_S) void finish();
      else setState({ phase: 'recording', seconds });
    }, TICK_MS);
    return () => clearInterval(ticking);
  }, [running, finish]);

  return { state, start, finish, pause, goOn };
}
