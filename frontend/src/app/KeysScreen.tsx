import { useSavePreferences } from '@/features/auth/api';
import { KeysPage } from '@/features/keys/KeysPage';

/** Keys are the person's own, as the other preferences are. */
export function KeysScreen() {
  const save = useSavePreferences();
  return <KeysPage onSave={(keys) => save.mutateAsync({ keys })} />;
}
