import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { draftsQuery, saveDraft, type Drafts, type Mode } from '../api';

const IDLE_MS = 500;

/**
 * What is being typed, per ticket and mode, kept on the server after half a second of rest. The
 * cached list of drafts is the copy that every screen reads, so the row in the list shows it too.
 */
export function useDraft(ticketId: number, mode: Mode) {
  const cache = useQueryClient();
  const { data, isSuccess } = useQuery(draftsQuery);
  const kept = data?.data.find((draft) => draft.ticket_id === ticketId && draft.mode === mode);

  const key = `${ticketId} ${mode}`;
  const [typed, setTyped] = useState<{ key: string; text: string }>();
  const text = typed?.key === key ? typed.text : (kept?.body ?? '');

  const unsaved = useRef<{ key: string; run: () => void; timer: ReturnType<typeof setTimeout> }>(
    undefined,
  );

  const flush = useCallback(() => {
    const waiting = unsaved.current;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    unsaved.current = undefined;
    waiting.run();
  }, []);

  const save = useCallback(
    (body: string) => {
      cache.setQueryData<Drafts>(draftsQuery.queryKey, (drafts) =>
        withDraft(drafts, ticketId, mode, body),
      );
      saveDraft(ticketId, mode, body).catch(() => undefined); // kept in the cache; the next rest saves again
    },
    [cache, ticketId, mode],
  );

  const change = useCallback(
    (next: string) => {
      setTyped({ key, text: next });
      if (unsaved.current) clearTimeout(unsaved.current.timer);
      const run = () => save(next);
      unsaved.current = { key, run, timer: setTimeout(flush, IDLE_MS) };
    },
    [key, save, flush],
  );

  /** Sent: nothing to keep, and nothing still waiting to be kept. */
  const clear = useCallback(() => {
    if (unsaved.current) clearTimeout(unsaved.current.timer);
    unsaved.current = undefined;
    setTyped({ key, text: '' });
    save('');
  }, [key, save]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [key, flush]);

  return { text, change, clear, ready: isSuccess };
}

function withDraft(
  drafts: Drafts | undefined,
  ticket_id: number,
  mode: Mode,
  body: string,
): Drafts {
  const others = (drafts?.data ?? []).filter(
    (draft) => draft.ticket_id !== ticket_id || draft.mode !== mode,
  );
  if (body === '') return { data: others };
  return { data: [{ ticket_id, mode, body, updated_at: new Date().toISOString() }, ...others] };
}
