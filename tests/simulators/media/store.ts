/** The provider's media shelf, in memory: an id for 30 days (7 for what customers send), an address for 5 minutes. */
import { createHash } from 'node:crypto';

import type { Clock } from '../clock.ts';
import { DAY, MINUTE, SECOND } from '../clock.ts';
import { nodeId, opaqueId } from '../ids.ts';
import { sameText } from '../signature.ts';

export type Media = {
  id: string;
  /** Whose token may read it. Empty: the lab's own shelf, before a message gives it to a number. */
  phone_number_id: string;
  mime_type: string;
  filename?: string;
  bytes: Buffer;
  digest: Buffer;
  expires_ms: number;
};

const UPLOADED_MS = 30 * DAY;
const RECEIVED_MS = 7 * DAY;
const ADDRESS_MS = 5 * MINUTE;

export class MediaStore {
  #clock: Clock;
  #media = new Map<string, Media>();
  /** Signs addresses; a new one each run, so that old addresses die with the process. */
  #key = opaqueId();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(media: { phone_number_id: string; mime_type: string; filename?: string; bytes: Buffer; from: 'business' | 'customer' }): Media {
    const { from, ...rest } = media;
    const stored: Media = {
      ...rest,
      id: nodeId(),
      digest: createHash('sha256').update(media.bytes).digest(),
      expires_ms: this.#clock.now() + (from === 'business' ? UPLOADED_MS : RECEIVED_MS),
    };
    this.#media.set(stored.id, stored);
    return stored;
  }

  get(id: string): Media | undefined {
    const media = this.#media.get(id);
    return media && media.expires_ms > this.#clock.now() ? media : undefined;
  }

  remove(id: string): void {
    this.#media.delete(id);
  }

  clear(): void {
    this.#media.clear();
  }

  /** Path and query of a fresh address. */
  address(media: Media): string {
    const ext = Math.floor((this.#clock.now() + ADDRESS_MS) / SECOND);
    return `/whatsapp_business/attachments/?mid=${media.id}&ext=${ext}&hash=${this.#seal(media.id, String(ext))}`;
  }

  /** The media behind an address that is genuine and not older than five minutes. */
  atAddress(query: URLSearchParams): Media | undefined {
    const [mid, ext, hash] = [query.get('mid') ?? '', query.get('ext') ?? '', query.get('hash') ?? ''];
    if (!sameText(hash, this.#seal(mid, ext)) || Number(ext) * SECOND < this.#clock.now()) return undefined;
    return this.get(mid);
  }

  #seal(mid: string, ext: string): string {
    return createHash('sha256').update(`${this.#key} ${mid} ${ext}`).digest('base64url').slice(0, 32);
  }
}
