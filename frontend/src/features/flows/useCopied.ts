import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copy';
import { toast } from '@/lib/toast';

/** What was copied last, for browsers that let nobody read the clipboard. */
let last = '';

/** Cards in the clipboard, as text. */
export function useCopied() {
  const { t } = useTranslation('flows');
  const tell = useCallback(
    (count: number) => toast({ message: t('canvas.copied', { count }) }),
    [t],
  );
  return {
    /** By a button: the browser is asked for its clipboard. */
    put: (text: string, count: number) => {
      last = text;
      void copyText(text).then(() => tell(count));
    },
    /** By keys: the browser hands its clipboard over. */
    putIn: (data: DataTransfer, text: string, count: number) => {
      last = text;
      data.setData('text/plain', text);
      tell(count);
    },
    get: async () => {
      try {
        return (await navigator.clipboard.readText()) || last;
      } catch {
        return last;
      }
    },
  };
}
