import { useTranslation } from 'react-i18next';
import { useCan, useSession } from '@/lib/session';
import { useAccount, type Answer, type Scope } from './api';

const SCOPES: readonly Scope[] = ['own', 'department', 'account'];

/** Whose answers I may write. */
export function useScopes(): Scope[] {
  const can = useCan();
  return SCOPES.filter((scope) => can(`canned.edit_${scope}`));
}

/** Whether I may write this one. */
export function useMayWrite() {
  const scopes = useScopes();
  const { account } = useSession();
  return ({ scope, member_id }: Answer) =>
    scopes.includes(scope) && (scope !== 'own' || member_id === account.member_id);
}

/** "Minha", "Da conta", or the name of its department. */
export function useScopeName() {
  const { t } = useTranslation('answers');
  const { data: account } = useAccount();
  return ({ scope, department_id }: Pick<Answer, 'scope' | 'department_id'>) =>
    account?.departments.find(({ id }) => id === department_id)?.name ?? t(`scope.${scope}`);
}
