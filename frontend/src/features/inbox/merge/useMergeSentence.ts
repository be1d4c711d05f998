import { useTranslation } from 'react-i18next';
import type { Message } from '../api';
import type { Names } from '../names';
import { systemOf } from '../thread/detail';

const EVENTS = [
  'ticket_merged',
  'ticket_unmerged',
  'ticket_joined',
  'ticket_parted',
  'ticket_heard',
] as const;

/** What a line says of two tickets that were joined or parted; undefined when it speaks of something else. */
export function useMergeSentence() {
  const { t } = useTranslation(['merge', 'inbox']);
  return (message: Message, names: Names): string | undefined => {
    const detail = systemOf(message);
    const event = EVENTS.find((one) => one === detail?.event);
    if (!event) return undefined;
    const name =
      detail?.member_id === names.me
        ? t('inbox:you')
        : (names.member(detail?.member_id ?? null) ?? t('inbox:somebody'));
    return t(`line.${event}`, { name, protocol: detail?.protocol ?? '' });
  };
}
