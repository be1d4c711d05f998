/** image, audio, document, video, sticker: one of `id` (uploaded to the same number, of a fitting type) and `link`. */
import { GraphRefusal } from '../errors.ts';
import { maySendAs, type MediaKind } from '../../media/kinds.ts';
import type { Media } from '../../media/store.ts';
import type { Param } from '../param.ts';

const CAPTION_MAX = 1024;
const FILENAME_MAX = 240;
const LINK_MAX = 2048;

/** Only these take words under them; the provider refuses a caption elsewhere. */
const WITH_CAPTION: MediaKind[] = ['image', 'video', 'document'];

export function checkMedia(kind: MediaKind, param: Param, find: (id: string) => Media | undefined): void {
  const id = param.get('id').optional;
  const link = param.get('link').optional;
  if (!id && !link) throw new GraphRefusal(131008, `${param.path}.id or ${param.path}.link is required`);
  if (id && link) throw param.wrong('takes id or link, not both');
  link?.url(LINK_MAX);
  if (id) {
    const media = find(id.text(64));
    if (!media) throw id.wrong('is not a valid whatsapp business account media attachment ID');
    if (!maySendAs(media.mime_type, kind)) {
      throw new GraphRefusal(131053, `${media.mime_type} cannot be sent as ${kind}`);
    }
  }
  const caption = param.get('caption').optional;
  if (caption && !WITH_CAPTION.includes(kind)) throw caption.wrong(`is not supported for ${kind}`);
  caption?.text(CAPTION_MAX);
  const filename = param.get('filename').optional;
  if (filename && kind !== 'document') throw filename.wrong('is only for documents');
  filename?.text(FILENAME_MAX);
}
