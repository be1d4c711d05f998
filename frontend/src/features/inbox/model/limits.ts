import type { ChannelKind } from '../api';

export type MediaKind = ChannelKind['media'][number]['kind'];

/** What a channel would make of a file, judged before a single byte is uploaded. */
export type Verdict =
  | { fits: true; kind: MediaKind }
  | { fits: false; why: 'kind' }
  | { fits: false; why: 'size'; kind: MediaKind; max_bytes: number };

function familyOf(mime: string): MediaKind {
  const family = mime.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}

const accepts = (rule: ChannelKind['media'][number], mime: string) =>
  rule.mimes.length === 0 || rule.mimes.includes(mime);

export function judgeFile(channel: ChannelKind, file: { type: string; size: number }): Verdict {
  const family = familyOf(file.type);
  const rules = channel.media;
  /* A picture of a kind the channel does not show still travels as a document. */
  const candidates = [family, 'document'] as const;
  let tooLarge: Verdict | undefined;

  for (const kind of candidates) {
    const rule = rules.find((each) => each.kind === kind && accepts(each, file.type));
    if (!rule) continue;
    if (file.size <= rule.max_bytes) return { fits: true, kind };
    tooLarge ??= { fits: false, why: 'size', kind, max_bytes: rule.max_bytes };
  }
  return tooLarge ?? { fits: false, why: 'kind' };
}

/** Networks count code points: an emoji is one, though JavaScript stores it as two. */
export const lengthOf = (text: string) => Array.from(text).length;
