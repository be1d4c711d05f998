import { useEffect, useRef, useState } from 'react';
import { asRefusal, type Refusal } from '@/api/refusal';
import { uploadFile } from '@/lib/upload';
import { UPLOADS, type Attachment } from './api';

export type GoingFile = {
  id: string;
  name: string;
  done: number;
  attachment?: Attachment;
  refusal?: Refusal;
};

/** Files on their way up; what is sent names them by what came back. */
export function useFiles() {
  const [list, setList] = useState<GoingFile[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  const patch = (id: string, part: Partial<GoingFile>) =>
    setList((now) => now.map((one) => (one.id === id ? { ...one, ...part } : one)));

  const add = (files: readonly File[]) => {
    for (const file of files) {
      const id = crypto.randomUUID();
      const abort = new AbortController();
      aborts.current.set(id, abort);
      setList((now) => [...now, { id, name: file.name, done: 0 }]);
      uploadFile(file, (done) => patch(id, { done }), abort.signal, UPLOADS).then(
        (attachment) => patch(id, { attachment, done: 1 }),
        (thrown: unknown) => {
          if (!abort.signal.aborted) patch(id, { refusal: asRefusal(thrown) });
        },
      );
    }
  };
  const drop = (id: string) => {
    aborts.current.get(id)?.abort();
    setList((now) => now.filter((one) => one.id !== id));
  };

  useEffect(() => {
    const running = aborts.current;
    return () => {
      for (const abort of running.values()) abort.abort();
    };
  }, []);
  return { list, add, drop, clear: () => setList([]) };
}
