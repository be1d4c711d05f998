import { useEffect, useRef, useState } from 'react';
import { asRefusal, type Refusal } from '@/api/refusal';
import { uploadFile } from '@/lib/upload';
import type { Attachment } from '../api';
import type { Clip } from './useRecorder';

/** Sends a clip up; how far it is, or why not. Leaving stops it. */
export function useClipUpload(onDone: (attachment: Attachment, clip: Clip) => void) {
  const [done, setDone] = useState<number>();
  const [refusal, setRefusal] = useState<Refusal>();
  const abort = useRef<AbortController>(undefined);

  useEffect(() => () => abort.current?.abort(), []);

  const upload = async (coming: Promise<Clip | undefined>) => {
    const mine = new AbortController();
    abort.current = mine;
    setRefusal(undefined);
    setDone(0);
    try {
      const clip = await coming;
      if (clip) onDone(await uploadFile(clip.file, setDone, mine.signal), clip);
    } catch (thrown) {
      if (!mine.signal.aborted) setRefusal(asRefusal(thrown));
    }
    if (!mine.signal.aborted) setDone(undefined);
  };
  return { upload, done, refusal };
}
