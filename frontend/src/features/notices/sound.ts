import { readPreference } from '@/lib/preferences';
import type { NoticeChoices } from './api';

/** Notes in Hz and seconds. Made here, under 400 ms each, no file to download. */
const MELODIES = {
  reply: [{ hz: 740, from: 0, for: 0.16 }],
  assigned: [
    { hz: 587, from: 0, for: 0.14 },
    { hz: 784, from: 0.13, for: 0.2 },
  ],
  queue: [{ hz: 523, from: 0, for: 0.2 }],
  trouble: [
    { hz: 220, from: 0, for: 0.15 },
    { hz: 220, from: 0.2, for: 0.15 },
  ],
} as const;

export type Melody = keyof typeof MELODIES;

/** What an instrument adds to the pure tone: its wave, and a second voice above it. */
const TUNES: Record<NoticeChoices['tune'], { wave: OscillatorType; above: number }> = {
  soft: { wave: 'sine', above: 0 },
  bell: { wave: 'sine', above: 2.76 },
  wood: { wave: 'triangle', above: 0 },
};

const LOUDEST = 0.2;

let context: AudioContext | undefined;

/** False: the browser plays nothing before the first gesture on the page. */
export async function mayPlay(): Promise<boolean> {
  if (typeof AudioContext === 'undefined') return false;
  context ??= new AudioContext();
  if (context.state === 'suspended') {
    const resumed = context.resume().then(
      () => true,
      () => false,
    );
    const waited = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 300));
    return Promise.race([resumed, waited]);
  }
  return true;
}

export async function play(
  melody: Melody,
  { tune, volume }: Pick<NoticeChoices, 'tune' | 'volume'>,
) {
  if (readPreference('sound') === 'off' || volume === 0 || !(await mayPlay()) || !context) return;
  const loudness = (LOUDEST * volume) / 100;
  const { wave, above } = TUNES[tune];
  for (const note of MELODIES[melody]) {
    ring(context, { ...note, wave, loudness });
    if (above) ring(context, { ...note, hz: note.hz * above, wave, loudness: loudness / 4 });
  }
}

type Note = { hz: number; from: number; for: number; wave: OscillatorType; loudness: number };

function ring(at: AudioContext, note: Note) {
  const voice = at.createOscillator();
  const swell = at.createGain();
  const start = at.currentTime + note.from;
  voice.frequency.value = note.hz;
  voice.type = note.wave;
  swell.gain.setValueAtTime(0, start);
  swell.gain.linearRampToValueAtTime(note.loudness, start + 0.015);
  swell.gain.exponentialRampToValueAtTime(0.0001, start + note.for);
  voice.connect(swell).connect(at.destination);
  voice.start(start);
  voice.stop(start + note.for);
}
