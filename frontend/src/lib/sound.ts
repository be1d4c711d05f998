import { readPreference } from './preferences';

/** Notes in Hz and seconds. Made here, under 400 ms each, no file to download. */
const TUNES = {
  message: [{ hz: 740, from: 0, for: 0.16 }],
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

export type Tune = keyof typeof TUNES;

const VOLUME = 0.12;
const QUEUE_PAUSE_MS = 20_000;

let context: AudioContext | undefined;
let queueRangAt = 0;

export function play(tune: Tune) {
  if (readPreference('sound') === 'off' || typeof AudioContext === 'undefined') return;
  if (tune === 'queue') {
    if (Date.now() - queueRangAt < QUEUE_PAUSE_MS) return;
    queueRangAt = Date.now();
  }
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume(); // browsers wait for a first gesture

  const start = context.currentTime;
  for (const note of TUNES[tune]) {
    const voice = context.createOscillator();
    const swell = context.createGain();
    voice.frequency.value = note.hz;
    voice.type = 'sine';
    swell.gain.setValueAtTime(0, start + note.from);
    swell.gain.linearRampToValueAtTime(VOLUME, start + note.from + 0.015);
    swell.gain.exponentialRampToValueAtTime(0.0001, start + note.from + note.for);
    voice.connect(swell).connect(context.destination);
    voice.start(start + note.from);
    voice.stop(start + note.from + note.for);
  }
}
