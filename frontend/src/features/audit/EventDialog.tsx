import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import type { AuditEvent } from './api';
import { useAuditWords } from './words';
import classes from './audit.module.css';

type Props = { event: AuditEvent | undefined; onClose: () => void };
type Side = Record<string, unknown>;

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

const sideOf = (detail: AuditEvent['detail'], side: string): Side => {
  const value = detail?.[side];
  return typeof value === 'object' && value !== null ? (value as Side) : {};
};

/** Field by field what was and what is; nothing for acts that change no field. */
function Difference({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const { fieldOf } = useAuditWords();
  const before = sideOf(event.detail, 'before');
  const after = sideOf(event.detail, 'after');
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  if (fields.length === 0) return null;
  const show = (side: Side, field: string) => {
    const value = side[field];
    if (value === undefined || value === null || value === '') return '—';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
      return value.length === 0 ? '—' : value.join(', ');
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (
    <table className={classes.diff}>
      <thead>
        <tr>
          <th scope="col">{t('field')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{fieldOf(field)}</th>
            <td data-side="before">{show(before, field)}</td>
            <td data-side="after">{show(after, field)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
