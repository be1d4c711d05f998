import { useTranslation } from 'react-i18next';
import type { Imported } from '../api';
import { FindingCount } from '../FindingCount';
import classes from '../flows.module.css';

type Ref = Imported['resolved'][number];

/** What came of a file, or would: flows, what was found here by its name, what was not. */
export function ImportReport({ report }: { report: Imported }) {
  const { t } = useTranslation('flows');
  const { flows, resolved, created, unresolved, unknown_cards, checksum_ok } = report;
  return (
    <section className={classes.report} aria-label={t('import.report')}>
      <ul>
        {flows.map(({ key, new_key, name, cards, connectors }) => (
          <li key={key}>
            <b>{name}</b> <small className="num">{t('import.flow', { cards, connectors })}</small>
            {new_key !== key && <small>{t('import.new_key', { key: new_key })}</small>}
          </li>
        ))}
      </ul>
      <Refs title={t('import.resolved', { count: resolved.length })} refs={resolved} />
      <Refs title={t('import.created', { count: created.length })} refs={created} />
      <Refs title={t('import.unresolved', { count: unresolved.length })} refs={unresolved} isBad />
      {unknown_cards.length > 0 && (
        <p>{t('import.unknown', { cards: unknown_cards.join(', ') })}</p>
      )}
      {checksum_ok === false && <p className={classes.wrong}>{t('import.checksum')}</p>}
      <p className={classes.states}>
        <FindingCount errors={report.error_count} warnings={report.warning_count} />
      </p>
    </section>
  );
}

function Refs({ title, refs, isBad = false }: { title: string; refs: Ref[]; isBad?: boolean }) {
  if (refs.length === 0) return null;
  return (
    <p className={isBad ? classes.wrong : undefined}>
      {title}: {refs.map(({ name, ref }) => name || ref).join(', ')}
    </p>
  );
}
