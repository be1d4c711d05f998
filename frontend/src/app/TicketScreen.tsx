import { useSavePreferences } from '@/features/auth/api';
import { TicketPage } from '@/features/inbox/TicketPage';

/** A conversation, and the person's own preference that is first asked in it. */
export function TicketScreen() {
  const save = useSavePreferences();
  return <TicketPage onSavePreference={(enter_sends) => save.mutate({ enter_sends })} />;
}
