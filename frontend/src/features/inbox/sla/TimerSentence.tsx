import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import { useFormat } from '@/lib/session';
import type { Message } from '../api';
import type { Names } from '../names';
import { systemOf } from '../thread/detail';

const MINUTE_S = 60;
const KINDS = ['first_answer', 'next_answer', 'resolution'] as const;

/** What a timer did, or could not do, and after how long. */
export function TimerSentence({ message, names }: { message: Message; names: Names }) {
  const { t } = useTranslation(['timers', 'inbox', 'refused']);
  const format = useFormat();
  const detail = systemOf(message);
  const time = format.duration((detail?.after_min ?? 0) * MINUTE_S);
  const why = wordsFor('refused', detail?.slug ?? '') ?? detail?.slug ?? '';
  const kind = KINDS.find((one) => one === detail?.kind) ?? 'first_answer';

  switch (detail?.event) {
    case 'ticket_transferred':
      return t('line.transferred', {
        time,
        to: detail.to_member_id
          ? (names.member(detail.to_member_id) ?? t('inbox:somebody'))
          : (names.department(detail.to_department_id ?? null) ?? ''),
      });
    case 'transfer_failed':
      return t('line.transfer_failed', { time, why });
    case 'idle_warned':
      return detail.is_sent ? t('line.idle_warned', { time }) : t('line.idle_unheard', { time });
    case 'idle_closed':
      return t('line.idle_closed', { time });
    case 'idle_failed':
      return t('line.idle_failed', { time, why });
    case 'sla_breached':
      return t('line.breached', { kind: t(`kinds.${kind}`), time });
    default:
      return t('inbox:system.other');
  }
}
