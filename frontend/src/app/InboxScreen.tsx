import { lazy, Suspense } from 'react';
import { InboxPage, NoTicketOpen } from '@/features/inbox/InboxPage';
import { bringWords } from '@/lib/i18n';
import { useCan } from '@/lib/session';
import { BotPaths } from './BotPaths';

const FirstSteps = lazy(async () => {
  await bringWords('firststeps');
  return { default: (await import('@/features/first-steps/FirstSteps')).FirstSteps };
});

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
  const page = <InboxPage welcome={<Welcome />} />;
  return can('flows.trace') ? <BotPaths>{page}</BotPaths> : page;
}
export const NoTicketScreen = () => <NoTicketOpen welcome={<Welcome />} />;
