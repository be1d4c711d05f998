/** What the provider takes as media: the table of section "Media" of its documentation. */
export type MediaKind = 'audio' | 'document' | 'image' | 'video' | 'sticker';

const KB = 1024;
const MB = 1024 * KB;

const TYPES: Record<Exclude<MediaKind, 'document'>, string[]> = {
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gpp'],
  sticker: ['image/webp'],
};

export const LIMIT_BYTES: Record<MediaKind, number> = {
  audio: 16 * MB,
  document: 100 * MB,
  image: 5 * MB,
  video: 16 * MB,
  sticker: 100 * KB,
};

export const ANIMATED_STICKER_BYTES = 500 * KB;

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
export function bareType(mime: string): string {
  return mime.split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The kind a type naturally is. Whatever has no kind of its own travels as a document. */
export function kindOf(mime: string): MediaKind | undefined {
  const bare = bareType(mime);
  for (const [kind, types] of Object.entries(TYPES)) if (types.includes(bare)) return kind as MediaKind;
  if (/^(image|audio|video)\//.test(bare) || bare === 'application/octet-stream') return undefined;
  return /^[\w.+-]+\/[\w.+-]+$/.test(bare) ? 'document' : undefined;
}

/** A photo may be sent as a document; a document may not be sent as a photo. */
export function maySendAs(mime: string, kind: MediaKind): boolean {
  return kind === 'document' ? kindOf(mime) !== undefined : TYPES[kind].includes(bareType(mime));
}
