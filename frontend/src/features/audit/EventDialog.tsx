import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import type { AuditEvent } from './api';
import { Difference } from './Difference';
import { useAuditWords } from './words';
import classes from './audit.module.css';

type Props = { event: AuditEvent | undefined; onClose: () => void };

export function EventDialog({ event, onClose }: Props) {
  const { actionOf } = useAuditWords();
  return (
    <Dialog
      open={event !== undefined}
      title={event ? actionOf(event.action) : ''}
      width={640}
      onClose={onClose}
    >
      {event && <EventDetail event={event} />}
    </Dialog>
  );
}

function EventDetail({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const { actorOf, subjectOf } = useAuditWords();
  const format = useFormat();
  const address = event.port === null ? event.address : `${event.address ?? ''} · ${event.port}`;
  const facts: [string, string | number | null][] = [
    [t('fact.at'), format.exact(event.at)],
    [t('fact.actor'), actorOf(event)],
    [t('fact.subject'), subjectOf(event)],
    [t('fact.address'), address],
    [t('fact.session'), event.session_id],
    [t('fact.request'), event.request_id],
    [t('fact.seq'), event.seq ?? t('not_sealed')],
    [t('fact.hash'), event.hash],
  ];
  return (
    <>
      <Difference event={event} />
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
