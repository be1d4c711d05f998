import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import type { AuditEvent } from './api';

/** Actions and subjects are the server's words: one that we have none for shows its own. */
export function useAuditWords() {
  const { t } = useTranslation('audit');
  const subjectKind = (kind: string) => wordsFor('audit', `subject.${kind}`) ?? kind;
  return {
    actionOf: (action: string) => wordsFor('audit', `action.${action}`) ?? action,
    subjectKind,
    fieldOf: (field: string) => wordsFor('audit', `field_of.${field}`) ?? field,
    subjectOf: ({ subject_kind, subject_id }: AuditEvent) =>
      subject_id === null
        ? subjectKind(subject_kind)
        : t('subject_with_id', { kind: subjectKind(subject_kind), id: subject_id }),
    actorOf: ({ actor_kind, actor_name, token_id }: AuditEvent) => {
      const kind = t(`actor.${actor_kind}`);
      if (token_id !== null) return t('by_token', { who: actor_name ?? kind, id: token_id });
      return actor_name ?? kind;
    },
  };
}
