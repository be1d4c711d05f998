import { useCallback, useEffect, useRef, useState } from 'react';
import { asRefusal, type Refusal } from '@/api/refusal';
import { uploadFile } from '@/lib/upload';
import type { Attachment, ChannelKind } from '../api';
import { judgeFile, type Verdict } from '../model/limits';
import { mediaAddress } from '../model/media';

/** A file on its way to the message: judged, then going up, then ready or refused. */
export type Upload = {
  id: string;
  name: string;
  size: number; // bytes
  /** None of what the server had already. */
  file?: File;
  preview: string | undefined;
  done: number;
  attachment?: Attachment;
  rejected?: Extract<Verdict, { fits: false }>;
  refusal?: Refusal;
};

type Kept = { uploads: Upload[]; abort: Map<string, AbortController> };

export function useUploads(channel: ChannelKind) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const kept = useRef<Kept>({ uploads: [], abort: new Map() });

  const change = useCallback((next: Upload[]) => {
    kept.current.uploads = next;
    setUploads(next);
  }, []);
  const patch = useCallback(
    (id: string, part: Partial<Upload>) =>
      change(kept.current.uploads.map((each) => (each.id === id ? { ...each, ...part } : each))),
    [change],
  );

  const start = useCallback(
    (upload: Upload) => {
      if (!upload.file) return;
      const abort = new AbortController();
      kept.current.abort.set(upload.id, abort);
      uploadFile(upload.file, (done) => patch(upload.id, { done }), abort.signal).then(
        (attachment) => patch(upload.id, { attachment, done: 1 }),
        (thrown: unknown) => {
          if (!abort.signal.aborted) patch(upload.id, { refusal: asRefusal(thrown) });
        },
      );
    },
    [patch],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const added = files.map((file): Upload => {
        const verdict = judgeFile(channel, file);
        return {
          id: crypto.randomUUID(),
          name: file.name,
          size: file.size,
          file,
          done: 0,
          preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
          ...(verdict.fits ? {} : { rejected: verdict }),
        };
      });
      change([...kept.current.uploads, ...added]);
      added.filter(({ rejected }) => !rejected).forEach(start);
    },
    [channel, change, start],
  );

  /** Files that are on the server already, of an answer that was inserted. */
  const take = useCallback(
    (files: readonly Attachment[]) =>
      change([
        ...kept.current.uploads,
        ...files.map((attachment): Upload => {
          const isPicture = attachment.kind === 'image' || attachment.kind === 'sticker';
          return {
            id: crypto.randomUUID(),
            name: attachment.filename,
            size: attachment.size_bytes,
            attachment,
            done: 1,
            preview: isPicture ? mediaAddress(attachment) : undefined,
          };
        }),
      ]),
    [change],
  );

  const drop = useCallback(
    (id: string) => {
      kept.current.abort.get(id)?.abort();
      const gone = kept.current.uploads.find((each) => each.id === id);
      if (gone?.preview) URL.revokeObjectURL(gone.preview);
      change(kept.current.uploads.filter((each) => each.id !== id));
    },
    [change],
  );

  const again = useCallback(
    (upload: Upload) => {
      const fresh = { ...upload, done: 0 };
      delete fresh.refusal;
      change(kept.current.uploads.map((each) => (each.id === upload.id ? fresh : each)));
      start(fresh);
    },
    [change, start],
  );

  const clear = useCallback(() => {
    for (const { preview } of kept.current.uploads) if (preview) URL.revokeObjectURL(preview);
    change([]);
  }, [change]);

  useEffect(() => {
    const { abort } = kept.current;
    return () => {
      for (const each of abort.values()) each.abort();
    };
  }, []);

  return { uploads, add, take, drop, again, clear };
}
