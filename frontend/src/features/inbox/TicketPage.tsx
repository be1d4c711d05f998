import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { letGo } from '@/lib/grace';
import { bringWords } from '@/lib/i18n';
import { paths } from '@/lib/paths';
import { usePhone } from '@/lib/phone';
import { usePreference } from '@/lib/preferences';
import { RefusalState } from '@/lib/refusal';
import { useCan, useSession } from '@/lib/session';
import { useShortcuts } from '@/lib/shortcuts';
import { ticketQuery, type Message, type Ticket } from './api';
import { useFavouriteMark } from './favourites';
import { startAct } from './model/acting';
import { Composer } from './composer/Composer';
import type { ComposerTools } from './composer/tools';
import { ConversationHead } from './ConversationHead';
import { neighbourOf, wantRow } from './list/way-back';
import { CloseDialog } from './dialogs/CloseDialog';
import { TransferDialog } from './dialogs/TransferDialog';
import { ContactPanel } from './panel/ContactPanel';
import { Thread } from './thread/Thread';
import { WindowStrip } from './WindowStrip';
import classes from './inbox.module.css';

const PeekStrip = lazy(async () => {
  await bringWords('acts');
  return { default: (await import('./acts/PeekStrip')).PeekStrip };
});

const QueueStrip = lazy(async () => {
  await bringWords('distribution');
  return { default: (await import('./queue/QueueStrip')).QueueStrip };
});

const MergedStrip = lazy(async () => {
  await bringWords('merge');
  return { default: (await import('./merge/MergedStrip')).MergedStrip };
});

const WIDE = '(min-width: 75em)';

const route = getRouteApi('/in/atendimentos/$ticketId');

type Props = { tools: ComposerTools; onSavePreference: (enter_sends: boolean) => void };

export function TicketPage(props: Props) {
  const { ticketId } = route.useParams();
  const id = Number(ticketId);
  const ticket = useQuery(ticketQuery(id));

  /* Moving on ends the seconds of grace: what was sent or closed here happens now. */
  useEffect(() => () => letGo(), [id]);

  if (ticket.data) {
    return <OpenTicket key={id} ticket={ticket.data} {...props} />;
  }
  return (
    <main className={classes.conversation} id="content" tabIndex={-1}>
      <div className={classes.head} />
      {ticket.isError && (
        <RefusalState error={ticket.error} onRetry={() => void ticket.refetch()} />
      )}
    </main>
  );
}

function OpenTicket({ ticket, tools, onSavePreference }: Props & { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const { at, peek } = route.useSearch();
  const [panel, setPanel] = usePreference('panel');
  const [drawer, setDrawer] = useState(false);
  const [dialog, setDialog] = useState<'transfer' | 'close'>();
  const [quoted, setQuoted] = useState<Message>();
  const phone = usePhone();
  const wide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const { account } = useSession();
  const can = useCan();
  const favourite = useFavouriteMark(ticket.id);
  const closed = ticket.state === 'closed';
  const mayReply = !closed && ticket.assignee_id === account.member_id;

  const here = { params: { ticketId: String(ticket.id) } };
  const screen = useRef<HTMLDivElement>(null);
  const toList = () => {
    wantRow(ticket.id);
    void navigate({
      to: paths.inbox,
      search: (place) => ({ ...place, at: undefined, peek: undefined }),
    });
  };
  /* Whoever has moved on meanwhile, or writes elsewhere, is not called back. */
  const onClosed = () => {
    if (!screen.current) return;
    const { activeElement } = document;
    const busyElsewhere =
      activeElement !== document.body && !screen.current.contains(activeElement);
    toList();
    wantRow(busyElsewhere ? undefined : neighbourOf(ticket.id));
  };
  const goTo = useCallback(
    (seq: number | undefined) =>
      void navigate({ to: '.', search: (place) => ({ ...place, at: seq }), replace: true }),
    [navigate],
  );
  const sidePanel = wide && panel === 'open';
  const foldPanel = () => {
    if (document.activeElement?.closest('aside')) document.getElementById('content')?.focus();
    setPanel('folded');
  };
  const showPanel = () => {
    if (phone) void navigate({ to: paths.contact, ...here, search: (place) => place });
    else if (wide) setPanel(panel === 'open' ? 'folded' : 'open');
    else setDrawer(true);
  };

  useShortcuts({
    back: sidePanel ? foldPanel : toList,
    favourite: favourite.toggle,
    ...(can('tickets.tag') ? { tag: () => startAct({ kind: 'tags', ticket }) } : {}),
    ...(!closed && can('tickets.snooze')
      ? { snooze: () => startAct({ kind: 'snooze', ticket }) }
      : {}),
    ...(closed ? {} : { transfer: () => setDialog('transfer'), close: () => setDialog('close') }),
  });

  return (
    <div ref={screen} className={classes.ticket} data-panel={sidePanel || undefined}>
      <main className={classes.conversation} id="content" tabIndex={-1}>
        {phone && <h1 className="hidden">{t('title')}</h1>}
        <ConversationHead
          ticket={ticket}
          panelOpen={sidePanel}
          onBack={toList}
          onPanel={showPanel}
          onTransfer={() => setDialog('transfer')}
          onClose={() => setDialog('close')}
        />
        <WindowStrip ticket={ticket} />
        {ticket.state === 'waiting' && (
          <Suspense fallback={null}>
            <QueueStrip ticket={ticket} />
          </Suspense>
        )}
        {peek && (
          <Suspense fallback={null}>
            <PeekStrip ticketId={ticket.id} />
          </Suspense>
        )}
        <Thread
          key={ticket.id}
          ticket={ticket}
          at={at}
          unnoticed={peek === true}
          onGoTo={goTo}
          onQuote={mayReply ? setQuoted : undefined}
        />
        {ticket.merged_into === null ? (
          <Composer
            ticket={ticket}
            tools={tools}
            quoted={quoted}
            onQuoteDone={() => setQuoted(undefined)}
            onClose={() => setDialog('close')}
            onSavePreference={onSavePreference}
          />
        ) : (
          <Suspense fallback={null}>
            <MergedStrip ticket={ticket} into={ticket.merged_into} />
          </Suspense>
        )}
      </main>
      {sidePanel && <ContactPanel ticket={ticket} />}
      {!wide && (
        <Drawer
          opened={drawer}
          onClose={() => setDrawer(false)}
          position="right"
          size={340}
          padding={0}
          title={t('panel.label')}
        >
          <ContactPanel ticket={ticket} />
        </Drawer>
      )}
      <TransferDialog
        ticket={ticket}
        open={dialog === 'transfer'}
        onDone={() => setDialog(undefined)}
      />
      <CloseDialog
        ticket={ticket}
        open={dialog === 'close'}
        onDone={() => setDialog(undefined)}
        onClosed={onClosed}
      />
    </div>
  );
}
