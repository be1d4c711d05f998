import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/api/client';
import { makeFormat } from './format';

export type Account = Schema['Me']['accounts'][number];
export type Session = { user: Schema['Me']['person']; account: Account };

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Who is here, and for which account. Only below the signed-in shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs the signed-in shell above it');
  return session;
}

/** `can('tickets.close')`: the words are those of the server's route table. */
export function useCan() {
  const { account } = useSession();
  return useMemo(() => {
    const granted = new Set(account.permissions);
    return (permission: string) => granted.has(permission);
  }, [account]);
}

/** Dates and figures in the account's zone (or the one of a place) and the person's language. */
export function useFormat(zone?: string) {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const language = i18n.resolvedLanguage ?? 'pt-BR';
  return useMemo(
    () =>
      makeFormat(language, zone ?? account.time_zone, {
        now: t('now'),
        today: t('today'),
        yesterday: t('yesterday'),
      }),
    [language, zone, account.time_zone, t],
  );
}
