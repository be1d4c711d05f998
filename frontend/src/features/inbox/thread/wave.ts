const BARS = 44;
const STEP = 5;
const TALLEST = 22;
const SHORTEST = 4;

const known = new Map<string, readonly number[]>();

/** Loudness of a recording in BARS steps, 0 to 1. Decoded once per file. */
export async function peaksOf(src: string, own?: Blob): Promise<readonly number[]> {
  const before = known.get(src);
  if (before) return before;
  const bytes = await (own ?? (await fetch(src))).arrayBuffer();
  const context = new OfflineAudioContext(1, 1, 44_100);
  const sound = (await context.decodeAudioData(bytes)).getChannelData(0);
  const width = Math.max(1, Math.floor(sound.length / BARS));

  const raw = Array.from({ length: BARS }, (_, bar) => {
    let top = 0;
    for (let at = bar * width; at < (bar + 1) * width && at < sound.length; at += 16) {
      top = Math.max(top, Math.abs(sound[at] ?? 0));
    }
    return top;
  });
  const loudest = Math.max(...raw, 0.01);
  const peaks = raw.map((value) => value / loudest);
  known.set(src, peaks);
  return peaks;
}

export const drawWave = (peaks: readonly number[] | undefined) =>
  Array.from({ length: BARS }, (_, at) => ({
    x: at * STEP,
    height: peaks ? SHORTEST + (peaks[at] ?? 0) * (TALLEST - SHORTEST) : SHORTEST,
  }));
