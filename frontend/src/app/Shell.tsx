import { useNetwork } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '@/features/inbox/api';
import { bringWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { usePreference } from '@/lib/preferences';
import { useLiveState } from '@/lib/realtime/LiveProvider';
import { useCan } from '@/lib/session';
import { useEscapeFromFields, useShortcuts } from '@/lib/shortcuts';
import { startConversation, useStarting } from '@/lib/starting';
import { StepUpProvider } from '@/lib/step-up';
import { useActivity } from '@/lib/useActivity';
import { focusNextZone } from '@/lib/zones';
import { BottomBar, Rail } from './Rail';
import classes from './shell.module.css';

/* Seldom in the first minute, so not in the first load. */
const Palette = lazy(() => import('./Palette').then((file) => ({ default: file.Palette })));
const ShortcutSheet = lazy(() =>
  import('./ShortcutSheet').then((file) => ({ default: file.ShortcutSheet })),
);

/* What one is told only on a break, with its words. */
const Standing = lazy(async () => {
  await bringWords('presence');
  return { default: (await import('@/features/presence/Standing')).Standing };
});

const StartHost = lazy(async () => {
  await bringWords('start');
  return { default: (await import('@/features/start/StartHost')).StartHost };
});

export function Shell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const live = useLiveState();
  const { online } = useNetwork();
  const [sheet, setSheet] = useState<boolean>(); // undefined: never asked for
  const [palette, setPalette] = useState(false);
  const { ticketId, channelId, chatId } = useParams({ strict: false });
  const can = useCan();
  const { data: counts } = useQuery({ ...countsQuery, enabled: can('tickets.view') });
  const mine = counts?.mine ?? 0;
  const starting = useStarting();
  const mayStart = can('tickets.start');
  const [density] = usePreference('density');
  useActivity();

  useEscapeFromFields();
  useShortcuts({
    palette: () => setPalette(true),
    sheet: () => setSheet(true),
    zone_next: (event) => focusNextZone(event.shiftKey),
    go_inbox: () => void navigate({ to: paths.inbox, search: { tab: 'serving' } }),
    go_contacts: () => void navigate({ to: paths.contacts }),
    ...(can('chat.use') ? { go_chat: () => void navigate({ to: paths.chats }) } : {}),
    go_settings: () => void navigate({ to: paths.settings }),
    ...(mayStart ? { start: () => startConversation() } : {}),
  });

  return (
    <div
      className={classes.shell}
      data-density={density}
      data-deep={ticketId || channelId || chatId ? true : undefined}
    >
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <Rail mine={mine} />
      <div className={classes.content}>
        {(live === 'retrying' || !online) && (
          <div className={classes.banner} role="status">
            <IconRefresh size={14} stroke={2} aria-hidden="true" />
            {t('live.retrying')}
          </div>
        )}
        <Suspense>
          <Standing />
        </Suspense>
        <div className={classes.place}>
          <StepUpProvider>
            <Outlet />
          </StepUpProvider>
        </div>
      </div>
      <BottomBar mine={mine} />
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
      {starting && (
        <Suspense>
          <StartHost starting={starting} />
        </Suspense>
      )}
      {sheet !== undefined && (
        <Suspense>
          <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
        </Suspense>
      )}
    </div>
  );
}
