import { lazy, Suspense } from 'react';
import { InboxPage, NoTicketOpen } from '@/features/inbox/InboxPage';
import { PanelRoomsContext } from '@/features/inbox/panel/rooms';
import { bringWords } from '@/lib/i18n';
import { useCan } from '@/lib/session';

const FirstSteps = lazy(async () => {
  await bringWords('firststeps');
  return { default: (await import('@/features/first-steps/FirstSteps')).FirstSteps };
});

const BotPath = lazy(async () => {
  await bringWords('flows', 'answers');
  return { default: (await import('@/features/flows/paths/BotPath')).BotPath };
});
const TRACED = { BotPath };
const UNTRACED = {};

/** For whoever can do them, where there is nothing else to look at yet. */
function Welcome() {
  const can = useCan();
  if (!can('settings.manage')) return null;
  return (
    <Suspense fallback={null}>
      <FirstSteps />
    </Suspense>
  );
}

export function InboxScreen() {
  const can = useCan();
  return (
    <PanelRoomsContext value={can('flows.trace') ? TRACED : UNTRACED}>
      <InboxPage welcome={<Welcome />} />
    </PanelRoomsContext>
  );
}
export const NoTicketScreen = () => <NoTicketOpen welcome={<Welcome />} />;
