import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '@/lib/i18n';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import type { Imported } from '../api';
import { FindingCount } from '../FindingCount';
import { kindOf } from './kinds';
import classes from './start.module.css';

type Ref = Imported['created'][number];

/** What became of a file, in words, and where to go on. */
export function Outcome({ report, onClose }: { report: Imported; onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const { flows, created, unresolved, unknown_cards } = report;
  return (
    <div className={classes.steps}>
      <div role="status" className={classes.told}>
        <p>{t('import.done', { count: flows.length })}</p>
        <ul>
          {flows.map(({ id, name }) => (
            <li key={name}>
              <Link to={paths.flow} params={{ flowId: String(id) }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
        <ByKind title={t('outcome.created')} refs={created} />
        <ByKind title={t('outcome.open')} refs={unresolved} />
        {unknown_cards.length > 0 && (
          <p>{t('import.unknown', { cards: unknown_cards.join(', ') })}</p>
        )}
        <p className={classes.outcome}>
          <FindingCount errors={report.error_count} warnings={report.warning_count} />
          {report.error_count > 0 && t('models.holes')}
        </p>
      </div>
      <div className={form.acts}>
        <Button data-autofocus onClick={onClose}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}

/** “Etiqueta: Viajante, Fibra”: a line for each kind. */
function ByKind({ title, refs }: { title: string; refs: Ref[] }) {
  if (refs.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {[...new Set(refs.map(kindOf))].map((kind) => (
          <li key={kind}>
            {wordsFor('flows', `models.kind.${kind}`) ?? kind}:{' '}
            {refs
              .filter((one) => kindOf(one) === kind)
              .map(({ name, ref }) => name || ref)
              .join(', ')}
          </li>
        ))}
      </ul>
    </section>
  );
}
