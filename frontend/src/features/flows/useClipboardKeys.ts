import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/lib/toast';
import { useEditor, useSpot } from './editor';
import { fragmentOf, paste, readFragment, writeFragment } from './model/clipboard';
import { removeCards } from './model/commands';
import { useCopied } from './useCopied';

const inField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, [contenteditable], [role="dialog"]') !== null;
/** Words that somebody has marked are what they want to copy. */
const hasMarked = () => (window.getSelection()?.toString() ?? '') !== '';

/** What was copied, put down where hands are. */
export function usePasting(onPasted?: (ids: readonly string[]) => void) {
  const { t } = useTranslation('flows');
  const { document, types, act } = useEditor();
  const spot = useSpot();
  const copied = useCopied();
  const pasteText = (text: string) => {
    const fragment = readFragment(text);
    if (!fragment) return false;
    const { document: next, ids } = paste(document, fragment, types, spot(fragmentSize(fragment)));
    act(next);
    onPasted?.(ids);
    return true;
  };
  return {
    pasteText,
    pasteFromButton: async () => {
      if (!pasteText(await copied.get())) toast({ message: t('canvas.nothing_copied') });
    },
  };
}

const CARD_ROOM = { width: 240, height: 240 };

/** The room that it takes, roughly: cards inside it stand to each other as they did. */
function fragmentSize({ cards }: { cards: { position?: { x: number; y: number } }[] }) {
  const spread = (all: number[]) => Math.max(...all) - Math.min(...all);
  return {
    width: spread(cards.map(({ position }) => position?.x ?? 0)) + CARD_ROOM.width,
    height: spread(cards.map(({ position }) => position?.y ?? 0)) + CARD_ROOM.height,
  };
}

/** Ctrl+C, Ctrl+X and Ctrl+V for cards, by the browser's own events: no permission is asked for. */
export function useClipboardKeys(
  selected: () => readonly string[],
  onPasted?: (ids: readonly string[]) => void,
) {
  const { document: flow, act, mayEdit } = useEditor();
  const copied = useCopied();
  const { pasteText } = usePasting(onPasted);

  const take = (event: ClipboardEvent) => {
    const ids = selected();
    if (!event.clipboardData || ids.length === 0 || inField(event.target) || hasMarked()) return;
    event.preventDefault();
    copied.putIn(event.clipboardData, writeFragment(fragmentOf(flow, ids)), ids.length);
    if (event.type === 'cut' && mayEdit) act(removeCards(flow, ids));
  };
  const put = (event: ClipboardEvent) => {
    if (!event.clipboardData || inField(event.target) || !mayEdit) return;
    if (pasteText(event.clipboardData.getData('text/plain'))) event.preventDefault();
  };

  const now = useRef({ take, put });
  useEffect(() => void (now.current = { take, put }));
  useEffect(() => {
    const onTake = (event: ClipboardEvent) => now.current.take(event);
    const onPut = (event: ClipboardEvent) => now.current.put(event);
    document.addEventListener('copy', onTake);
    document.addEventListener('cut', onTake);
    document.addEventListener('paste', onPut);
    return () => {
      document.removeEventListener('copy', onTake);
      document.removeEventListener('cut', onTake);
      document.removeEventListener('paste', onPut);
    };
  }, []);
}
