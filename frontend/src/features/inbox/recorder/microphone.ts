/** What browsers record, best first: the first that this one can. */
const TYPES = [
  { mime: 'audio/ogg;codecs=opus', suffix: 'ogg' },
  { mime: 'audio/webm;codecs=opus', suffix: 'webm' },
  { mime: 'audio/mp4', suffix: 'm4a' },
] as const;

export type Trouble = 'denied' | 'missing' | 'busy' | 'unsupported';

class NoRecorder extends Error {}

const TROUBLES: Record<string, Trouble> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export const troubleOf = (thrown: unknown): Trouble =>
  thrown instanceof DOMException ? (TROUBLES[thrown.name] ?? 'unsupported') : 'unsupported';

/** One voice, as telephones have it. Without a secure page there is no microphone to ask for. */
export async function openMicrophone(): Promise<MediaRecorder> {
  const type = TYPES.find(({ mime }) => MediaRecorder.isTypeSupported(mime));
  if (!type) throw new NoRecorder();
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  return new MediaRecorder(stream, { mimeType: type.mime, audioBitsPerSecond: 32_000 });
}

/** The light of the microphone goes out. */
export function closeMicrophone(recorder: MediaRecorder) {
  for (const track of recorder.stream.getTracks()) track.stop();
}

export function fileOf(chunks: readonly Blob[], mime: string, name: string): File {
  const suffix = TYPES.find((type) => mime.startsWith(type.mime.split(';')[0] ?? ''))?.suffix;
  return new File([...chunks], `${name}.${suffix ?? 'webm'}`, { type: mime });
}
