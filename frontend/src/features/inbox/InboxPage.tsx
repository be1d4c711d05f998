import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { usePageMark } from '@/lib/page-mark';
import { usePhone } from '@/lib/phone';
import { usePreference } from '@/lib/preferences';
import { useShown } from '@/lib/shortcuts';
import { EmptyState } from '@/ui/EmptyState';
import { Resizer } from '@/ui/Resizer';
import { countsQuery } from './api';
import { useActing } from './model/acting';
import { TicketList } from './list/TicketList';
import classes from './inbox.module.css';

/* Its words and its dialogs come when somebody first does something. */
const ActHost = lazy(async () => {
  await bringWords('acts');
  return { default: (await import('./acts/ActHost')).ActHost };
});

const LIST = { min: 300, max: 440 };

/** `welcome`: what a new account is shown where nothing is open. */
type Welcomed = { welcome?: ReactNode };

/** List and conversation side by side; on a phone, one after the other. */
export function InboxPage({ welcome }: Welcomed) {
  const { t } = useTranslation('inbox');
  const { ticketId } = useParams({ strict: false });
  const [width, setWidth] = usePreference('list_width');
  const phone = usePhone();
  const { data: counts } = useQuery(countsQuery);
  const acting = useActing();
  usePageMark(t('title'), counts?.mine_unread ?? 0);

  return (
    <div
      className={classes.zones}
      data-deep={ticketId !== undefined || undefined}
      style={{ '--list-width': `${width}px` } as object}
    >
      {/* One pane at a time on a phone: the hidden one would only cost. */}
      {!phone && (
        <TicketList>
          <Resizer
            label={t('list.resize')}
            edge="right"
            pane="before"
            width={width}
            {...LIST}
            onResize={setWidth}
          />
        </TicketList>
      )}
      {phone && !ticketId ? (
        <main className={classes.only} id="content" tabIndex={-1}>
          <TicketList welcome={welcome} />
        </main>
      ) : (
        <div className={classes.pane}>
          <Outlet />
        </div>
      )}
      {acting && (
        <Suspense fallback={null}>
          <ActHost acting={acting} />
        </Suspense>
      )}
    </div>
  );
}

export function NoTicketOpen({ welcome }: Welcomed) {
  const { t } = useTranslation('inbox');
  const shown = useShown();
  const keys = { next: shown('next'), previous: shown('previous'), palette: shown('palette') };
  return (
    <main className={classes.nobody} id="content" tabIndex={-1}>
      <div>
        {welcome}
        <EmptyState title={t('nobody.title')} text={t('nobody.text', keys)} />
      </div>
    </main>
  );
}
