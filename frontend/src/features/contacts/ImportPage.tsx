import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import {
  fieldsQuery,
  goesOn,
  importErrors,
  importQuery,
  useMoveImport,
  type OpenImport,
} from './api';
import { ImportMapping } from './ImportMapping';
import { usePlaceName } from './usePlaceName';
import classes from './contacts.module.css';

const route = getRouteApi('/in/contatos/importacoes/$importId');

export function ImportPage() {
  const { importId } = route.useParams();
  const found = useQuery(importQuery(Number(importId)));
  const fields = useQuery(fieldsQuery);
  if (found.data && !fields.isPending) return <OpenImportPage one={found.data} />;
  return (
    <Blank>
      {found.isError && <RefusalState error={found.error} onRetry={() => void found.refetch()} />}
    </Blank>
  );
}

function OpenImportPage({ one }: { one: OpenImport }) {
  const { t } = useTranslation('contacts');
  const isMapped = one.state === 'mapping' || one.state === 'tried';
  return (
    <Detail
      title={one.filename}
      place={usePlaceName()}
      sub={`${t(`import.state.${one.state}`)} · ${t('import.lines', { count: one.line_count })}`}
      back={{ to: paths.contactImports, label: t('import.back'), always: true }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          {one.state === 'failed' && <Failed why={one.why} />}
          {goesOn(one) && <Going one={one} />}
          {isMapped && <ImportMapping key={one.mapping.join()} one={one} />}
          {one.state !== 'mapping' && one.state !== 'reading' && <Counts one={one} />}
          <Moves one={one} />
        </div>
      </div>
    </Detail>
  );
}

function Failed({ why }: { why: string | null }) {
  const { t } = useTranslation('contacts');
  const known = [
    'file_empty',
    'file_lost',
    'too_many_columns',
    'too_many_lines',
    'line_too_long',
    'workbook_broken',
    'workbook_old',
    'workbook_too_large',
  ] as const;
  const word = known.find((one) => one === why);
  return (
    <p role="alert" className={classes.notice}>
      {word ? t(`import.failed.${word}`) : why}
    </p>
  );
}

/** How far the stage has come. Told aloud now and then by the words, not by each step of the bar. */
function Going({ one }: { one: OpenImport }) {
  const { t } = useTranslation('contacts');
  const isReading = one.state === 'reading';
  const whole = isReading ? one.size_bytes : one.line_count;
  const done = isReading ? one.read_bytes : one.done_count;
  const percent = whole > 0 ? Math.min(100, Math.round((100 * done) / whole)) : 0;
  return (
    <section className={classes.section} aria-live="polite">
      <p>
        {t(`import.state.${one.state}`)} {percent} %
      </p>
      <Progress value={percent} aria-label={t('import.progress')} />
    </section>
  );
}

function Counts({ one }: { one: OpenImport }) {
  const { t } = useTranslation('contacts');
  const counts = [
    ['new', one.new_count],
    ['same', one.same_count],
    ['wrong', one.wrong_count],
    ...(one.kept_count > 0 ? ([['kept', one.kept_count]] as const) : []),
  ] as const;
  return (
    <section className={classes.section} aria-label={t('import.counts')}>
      <dl className={classes.facts}>
        {counts.map(([word, n]) => (
          <div key={word} style={{ display: 'contents' }}>
            <dt>{t(`import.count.${word}`)}</dt>
            <dd className="num">{n}</dd>
          </div>
        ))}
      </dl>
      {one.wrong_count > 0 && (
        <Button variant="default" mt={12} onClick={() => void download(one.id)}>
          {t('import.errors')}
        </Button>
      )}
    </section>
  );
}

async function download(id: number) {
  const address = URL.createObjectURL(new Blob([await importErrors(id)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `import-${id}-errors.csv`;
  link.click();
  URL.revokeObjectURL(address);
}

const MOVES = {
  run: ['tried'],
  cancel: ['reading', 'mapping', 'trying', 'tried', 'running'],
  undo: ['done', 'canceled'],
} as const satisfies Record<string, readonly OpenImport['state'][]>;

function Moves({ one }: { one: OpenImport }) {
  const { t } = useTranslation('contacts');
  const move = useMoveImport(one.id);
  const offered = (Object.keys(MOVES) as (keyof typeof MOVES)[]).filter((name) =>
    (MOVES[name] as readonly string[]).includes(one.state),
  );
  return (
    <section className={classes.section}>
      <RefusalLine error={move.error} />
      <div className={classes.acts}>
        {offered.map((name) => (
          <Button
            key={name}
            variant={name === 'run' ? 'filled' : 'default'}
            loading={move.isPending && move.variables === name}
            onClick={() => move.mutate(name)}
          >
            {t(`import.${name}`)}
          </Button>
        ))}
      </div>
      {offered.includes('undo') && <p className={classes.quiet}>{t('import.undo_text')}</p>}
    </section>
  );
}
