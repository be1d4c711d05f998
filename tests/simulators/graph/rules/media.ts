/** image, audio, document, video, sticker: one of `id` (uploaded to the same number, of a fitting type) and `link`. */
import { GraphRefusal } from '../errors.ts';
import { bareType, maySendAs, type MediaKind } from '../../media/kinds.ts';
import type { Media } from '../../media/store.ts';
import type { Param } from '../param.ts';

const CAPTION_MAX = 1024;
const FILENAME_MAX = 240;
const LINK_MAX = 2048;

/** Only these take words under them; the provider refuses a caption elsewhere. */
const WITH_CAPTION: MediaKind[] = ['image', 'video', 'document'];

/** Only a sound is a voice message, and only Opus in Ogg; what is in an upload of that type was looked at when it came. */
function checkVoice(kind: MediaKind, param: Param, mime_type: string): void {
  const voice = param.get('voice').optional;
  if (!voice) return;
  if (kind !== 'audio') throw voice.wrong('is only for audio');
  if (typeof voice.value !== 'boolean') throw voice.wrong('must be true or false');
  if (voice.value && bareType(mime_type) !== 'audio/ogg') {
    throw new GraphRefusal(131053, `${mime_type} cannot be sent as a voice message: only audio/ogg with the OPUS codec is`);
  }
}

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
    checkVoice(kind, param, media.mime_type);
  }
  const caption = param.get('caption').optional;
  if (caption && !WITH_CAPTION.includes(kind)) throw caption.wrong(`is not supported for ${kind}`);
  caption?.text(CAPTION_MAX);
  const filename = param.get('filename').optional;
  if (filename && kind !== 'document') throw filename.wrong('is only for documents');
  filename?.text(FILENAME_MAX);
}
