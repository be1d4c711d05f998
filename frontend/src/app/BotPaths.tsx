import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { ShowPathContext, type Shown } from '@/features/flows/paths/shown';
import { ticketQuery } from '@/features/inbox/api';
import { PanelRoomsContext } from '@/features/inbox/panel/rooms';
import { bringWords } from '@/lib/i18n';

const BotPath = lazy(async () => {
  await bringWords('flows', 'answers');
  return { default: (await import('@/features/flows/paths/BotPath')).BotPath };
});
const PathDialog = lazy(() =>
  import('@/features/flows/paths/PathDialog').then((file) => ({ default: file.PathDialog })),
);
const ROOMS = { BotPath };

/** Where the bot came by, in the panel; and the path that is looked at, as long as its ticket is the one that is open. */
export function BotPaths({ children }: { children: ReactNode }) {
  const { ticketId } = useParams({ strict: false });
  const [shown, setShown] = useState<Shown>();
  const ticket = useQuery({ ...ticketQuery(shown?.ticketId ?? 0), enabled: shown !== undefined });
  return (
    <PanelRoomsContext value={ROOMS}>
      <ShowPathContext value={setShown}>{children}</ShowPathContext>
      {ticket.data && (
        <Suspense fallback={null}>
          <PathDialog
            ticketId={ticket.data.id}
            seq={ticket.data.last_seq}
            runId={shown?.ticketId === Number(ticketId) ? shown.runId : undefined}
            onClose={() => setShown(undefined)}
          />
        </Suspense>
      )}
    </PanelRoomsContext>
  );
}
