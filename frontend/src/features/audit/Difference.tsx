import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useRevealAudit, type AuditEvent } from './api';
import classes from './audit.module.css';
import { useAuditWords } from './words';

type Name = 'before' | 'after';
type Side = Record<string, unknown>;

/** Fields of contacts are sealed in the trail; whoever may lift masks opens them, one row at a time. */
const isSealed = (value: unknown) => typeof value === 'string' && value.startsWith('enc:');

const sideOf = (detail: AuditEvent['detail'], side: Name): Side => {
  const value = detail?.[side];
  return typeof value === 'object' && value !== null ? (value as Side) : {};
};

/** Field by field what was and what is; nothing for acts that change no field. */
export function Difference({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const { fieldOf } = useAuditWords();
  const can = useCan();
  const reveal = useRevealAudit(event.id);
  const sides = { before: sideOf(event.detail, 'before'), after: sideOf(event.detail, 'after') };
  const fields = [...new Set(Object.values(sides).flatMap((side) => Object.keys(side)))].sort();
  if (fields.length === 0) return null;

  const hasSealed = Object.values(sides).some((side) => Object.values(side).some(isSealed));
  const show = (name: Name, field: string) => {
    const value = sides[name][field];
    if (isSealed(value))
      return reveal.data ? (reveal.data[name][field] ?? t('erased')) : t('sealed');
    if (value === undefined || value === null || value === '') return '—';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
      return value.length === 0 ? '—' : value.join(', ');
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return (
    <>
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
              <td data-side="before">{show('before', field)}</td>
              <td data-side="after">{show('after', field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasSealed && !reveal.data && can('contacts.unmask') && event.seq !== null && (
        <div className={classes.reveal}>
          <Button variant="default" loading={reveal.isPending} onClick={() => reveal.mutate()}>
            {t('reveal')}
          </Button>
          <small>{t('reveal_text')}</small>
        </div>
      )}
      <RefusalLine error={reveal.error} />
    </>
  );
}
