import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { setAccount } from '@/api/account';
import { meQuery, type Me } from '@/features/auth/api';
import { chatPatches } from '@/features/chat/patches';
import { flowPatches } from '@/features/flows/live';
import { inboxPatches } from '@/features/inbox/live';
import { setReader } from '@/features/inbox/model/arrivals';
import { startOutbox } from '@/features/inbox/model/outbox';
import { presencePatches } from '@/features/presence/live';
import { speak } from '@/lib/i18n';
import type { Notify } from '@/lib/notify';
import { paths } from '@/lib/paths';
import { readPreference, writePreference } from '@/lib/preferences';
import { LiveProvider } from '@/lib/realtime/LiveProvider';
import { RefusalState } from '@/lib/refusal';
import { SessionProvider } from '@/lib/session';
import { StrangeAccount } from './edges';
import { Shell } from './Shell';
import { useTheme } from './useTheme';

/** The person, the account and its stream of events, around every screen behind the door. */
export function SignedIn() {
  const me = useQuery(meQuery);
  if (me.data) return <WithPerson me={me.data} />;
  if (me.isError) return <RefusalState error={me.error} onRetry={() => void me.refetch()} />;
  return me.data === null ? <Door /> : null;
}

/** The session ended under our feet: back to the door, and here again afterwards. */
function Door() {
  const navigate = useNavigate();
  const href = useRouterState({ select: ({ location }) => location.href });
  useEffect(() => {
    void navigate({ to: '/entrar', search: { to: href, ended: true }, replace: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- where we stood when it ended
  }, []);
  return null;
}

const HERE = { tab: 'serving' } as const;

function WithPerson({ me }: { me: Me }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const account = useAccountOfAddress(me);
  useOwnPreferences(me.person);

  const memberId = account?.member_id ?? 0;
  if (account) {
    setAccount(account.id); // before any child asks anything
    setReader(memberId);
  }
  const zone = account?.time_zone ?? 'UTC';
  const mayMend = account?.permissions.includes('channels.manage') ?? false;
  const patches = useMemo(() => {
    const notify = notifier(zone, mayMend, (ticketId) =>
      navigate({ to: paths.ticket, params: { ticketId: String(ticketId) }, search: HERE }),
    );
    return {
      ...inboxPatches(memberId, notify),
      ...chatPatches(memberId, notify),
      ...presencePatches(memberId),
      ...flowPatches,
    };
  }, [memberId, zone, mayMend, navigate]);
  const session = useMemo(() => account && { user: me.person, account }, [me.person, account]);
  const senders = me.accounts.map(({ id, member_id }) => ({ account_id: id, member_id }));
  const here = account?.id;
  useEffect(
    () => {
      const sender = senders.find(({ account_id }) => account_id === here);
      return sender && startOutbox(cache, sender, senders);
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for the person and the account
    [cache, here, memberId],
  );
  const renew = useCallback(async () => {
    await cache.query({ ...meQuery, staleTime: 0 }).catch(() => undefined);
  }, [cache]);
  const signedOut = useCallback(() => cache.setQueryData(meQuery.queryKey, null), [cache]);

  if (!session) return <StrangeAccount accounts={me.accounts} />;
  return (
    <SessionProvider session={session}>
      <LiveProvider
        account={session.account.id}
        patches={patches}
        renew={renew}
        onSignedOut={signedOut}
      >
        <Shell />
      </LiveProvider>
    </SessionProvider>
  );
}

/** Of a channel only those hear who can do something about it. */
const notifier =
  (zone: string, mayMend: boolean, go: (ticketId: number) => Promise<void>): Notify =>
  (cache, heard) => {
    if (heard.kind === 'channel' && !mayMend) return;
    const { id } = heard.ticket ?? {};
    const open = id ? () => void go(id) : undefined;
    const ticket = heard.ticket && paths.ticket.replace('$ticketId', String(heard.ticket.id));
    const path = ticket ?? heard.path;
    /* What cannot be told for want of a line is on the screen when the line is back. */
    import('@/features/notices/deliver')
      .then(({ deliver }) => deliver(cache, { ...heard, ...(path ? { path } : {}), zone, open }))
      .catch(() => undefined);
  };

/**
 * The address says for which account this tab speaks (lib/paths). Whoever has one account need not
 * be told; with several, the first is written into an address that says none.
 */
function useAccountOfAddress({ accounts }: Me) {
  const navigate = useNavigate();
  const { conta } = useSearch({ strict: false });
  const first = accounts[0];
  const unsaid = accounts.length > 1 && conta === undefined ? first?.slug : undefined;

  useEffect(() => {
    if (!unsaid) return;
    void navigate({ to: '.', search: (place) => ({ ...place, conta: unsaid }), replace: true });
  }, [unsaid, navigate]);
  return conta === undefined ? first : accounts.find(({ slug }) => slug === conta);
}

/** What the person chose anywhere applies here too; this device remembers it for the next door. */
function useOwnPreferences({ locale, theme, enter_sends, plays_sound, ...own }: Me['person']) {
  const { density } = own;
  const keys = own.keys.join('\n');
  useTheme(theme);
  useEffect(() => {
    if (locale !== 'pt-BR' && locale !== 'en') return;
    if (readPreference('language') === locale) return;
    writePreference('language', locale);
    void speak(locale);
  }, [locale]);
  useEffect(() => {
    if (enter_sends !== null) writePreference('enter', enter_sends ? 'sends' : 'breaks');
  }, [enter_sends]);
  useEffect(() => writePreference('sound', plays_sound ? 'on' : 'off'), [plays_sound]);
  useEffect(() => writePreference('density', density), [density]);
  useEffect(() => writePreference('keys', keys), [keys]);
}
