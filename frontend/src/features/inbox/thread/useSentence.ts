import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import type { Message } from '../api';
import { addressText, type Names } from '../names';
import { systemOf } from './detail';

const AT_ONCE_S = 10; // less is no waiting, and has no figure

/** What happened to the ticket, in one sentence with names instead of ids. */
export function useSentence() {
  const { t } = useTranslation('inbox');
  const format = useFormat();

  return (message: Message, names: Names): string => {
    const detail = systemOf(message);
    const person = (id: number | null | undefined) =>
      id === names.me ? t('you') : (names.member(id ?? null) ?? t('somebody'));
    const reason = names.reason(detail?.reason_id ?? null);
    const department = names.department(detail?.to_department_id ?? null);

    switch (detail?.event) {
      case 'ticket_opened':
        return t('system.opened', { protocol: detail.protocol ?? '' });
      case 'ticket_started':
        return t('system.started', {
          name: person(detail.member_id),
          protocol: detail.protocol ?? '',
        });
      case 'ticket_taken':
        if (detail.from_member_id) {
          return t('system.taken_from', {
            name: person(detail.member_id),
            from: person(detail.from_member_id),
          });
        }
        return (detail.waited_s ?? 0) >= AT_ONCE_S
          ? t('system.taken_after', {
              name: person(detail.member_id),
              time: format.duration(detail.waited_s ?? 0),
            })
          : t('system.taken', { name: person(detail.member_id) });
      case 'ticket_transferred': {
        const name = detail.flow
          ? t('system.flow', { name: detail.flow })
          : person(detail.by_member_id);
        return detail.to_member_id
          ? t('system.given', { name, to: person(detail.to_member_id) })
          : t('system.moved', { name, department: department ?? '' });
      }
      case 'ticket_assigned':
        return t('system.given', {
          name: person(detail.member_id),
          to: person(detail.to_member_id),
        });
      case 'ticket_distributed':
        return t('system.distributed', { name: person(detail.to_member_id) });
      case 'ticket_prioritized':
        return t('system.prioritized', { name: person(detail.member_id) });
      case 'ticket_closed': {
        const closed = !detail.member_id
          ? [t('system.closed_itself'), reason].filter(Boolean).join(' · ')
          : reason
            ? t('system.closed_reason', { name: person(detail.member_id), reason })
            : t('system.closed', { name: person(detail.member_id) });
        return detail.message === 'window_closed'
          ? `${closed} · ${t('system.closed_unheard')}`
          : closed;
      }
      case 'survey_began': {
        const name = person(detail.member_id);
        return reason
          ? t('system.survey_began_reason', { name, reason })
          : t(detail.member_id ? 'system.survey_began' : 'system.survey_began_itself', { name });
      }
      case 'survey_answered':
        return t('system.survey_answered', {
          score: detail.score ?? 0,
          label: detail.label ?? '',
        });
      case 'ticket_reopened':
        return t('system.reopened', { name: person(detail.member_id) });
      case 'ticket_handed_back':
        return detail.to_member_id
          ? t('system.handed_back', {
              name: person(detail.member_id),
              to: person(detail.to_member_id),
            })
          : t('system.handed_to_queue', {
              name: person(detail.member_id),
              department: department ?? '',
            });
      case 'ticket_returned':
        return t('system.returned', { name: person(detail.member_id) });
      case 'ticket_snoozed':
        return t('system.snoozed', {
          name: person(detail.member_id),
          when: format.upcoming(detail.until ?? ''),
        });
      case 'snooze_over':
        return detail.member_id
          ? t('system.woken_by', { name: person(detail.member_id) })
          : t('system.woken');
      case 'ticket_classified': {
        const what = [names.type(detail.type_id ?? null), reason].filter(Boolean).join(' · ');
        const name = person(detail.member_id);
        return what ? t('system.classified', { name, what }) : t('system.unclassified', { name });
      }
      case 'ticket_tagged':
      case 'ticket_untagged': {
        const tag = names.tags([detail.tag_id ?? 0])[0]?.name ?? '';
        const name = person(detail.member_id);
        return detail.event === 'ticket_tagged'
          ? t('system.tagged', { name, tag })
          : t('system.untagged', { name, tag });
      }
      case 'intake_ended':
        return t(`system.intake.${detail.how ?? 'done'}`, {
          name: person(detail.member_id),
          reason: detail.reason ?? '',
        });
      case 'number_changed':
        return t('system.number_changed', { address: addressText(detail.address ?? '') });
      default:
        return message.text || t('system.other');
    }
  };
}
