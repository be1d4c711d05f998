import { lazy } from 'react';
import { useSavePreferences } from '@/features/auth/api';
import type { ComposerTools } from '@/features/inbox/composer/tools';
import { TicketPage } from '@/features/inbox/TicketPage';
import { bringWords } from '@/lib/i18n';

const TOOLS: ComposerTools = {
  Answers: lazy(async () => {
    await bringWords('answers');
    return { default: (await import('@/features/answers/AnswerMenu')).AnswerMenu };
  }),
};

/** A conversation, what helps to write in it, and the person's own preference that is first asked there. */
export function TicketScreen() {
  const save = useSavePreferences();
  return (
    <TicketPage tools={TOOLS} onSavePreference={(enter_sends) => save.mutate({ enter_sends })} />
  );
}
