import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useSession } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { bookQuery, exportsQuery, useStartExport, type Export } from './api';
import { ExportLine } from './ExportLine';
import { usePlaceName } from './usePlaceName';
import classes from './contacts.module.css';

/** What the list shows as a file: how it shall be, and those that were asked for. */
export function ExportsPage() {
  const { t } = useTranslation('contacts');
  const exports = useQuery(exportsQuery);
  const place = usePlaceName();
  usePageMark(t('export.title'), 0);
  if (!exports.data)
    return (
      <Blank>
        {exports.isError && (
          <RefusalState error={exports.error} onRetry={() => void exports.refetch()} />
        )}
      </Blank>
    );
  return (
    <Detail
      title={t('export.title')}
      place={place}
      sub={t('export.lead')}
      back={{ to: paths.contacts, label: t('back') }}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <NewExport />
          <Made rows={exports.data.data} />
        </div>
      </div>
    </Detail>
  );
}

const FORMATS = ['xlsx', 'csv'] as const;

function NewExport() {
  const { t, i18n } = useTranslation('contacts');
  const search = getRouteApi('/in/contatos').useSearch();
  const { masks } = useSession().account;
  const count = useInfiniteQuery(bookQuery(search)).data?.pages[0]?.count;
  const start = useStartExport();
  const [format, setFormat] = useState<Export['format']>('xlsx');
  const { q, only, group } = search;
  return (
    <form
      className={classes.section}
      aria-label={t('export.title')}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ search, format, locale: i18n.language === 'en' ? 'en' : 'pt-BR' });
      }}
    >
      <p>
        {t(q || only || group ? 'export.filtered' : 'export.everybody')}
        {typeof count === 'number' &&
          ` ${t('count', { count, shown: count >= 1000 ? '999+' : String(count) })}.`}
        {masks !== 0 && ` ${t('export.masked')}`}
      </p>
      <div className={classes.acts}>
        <SegmentedControl
          aria-label={t('export.format')}
          data={FORMATS.map((value) => ({ value, label: t(`export.as.${value}`) }))}
          value={format}
          onChange={(value) => setFormat(value)}
        />
        <Button type="submit" loading={start.isPending}>
          {t('export.start')}
        </Button>
      </div>
      <RefusalLine error={start.error} />
    </form>
  );
}

function Made({ rows }: { rows: Export[] }) {
  const { t } = useTranslation('contacts');
  if (rows.length === 0)
    return <EmptyState title={t('export.none')} text={t('export.none_text')} tile={false} />;
  return (
    <section className={classes.section} aria-label={t('export.made')}>
      <h3>{t('export.made')}</h3>
      <ul className={classes.card}>
        {rows.map((one) => (
          <li key={one.id}>
            <ExportLine one={one} />
          </li>
        ))}
      </ul>
      <p>{t('export.kept')}</p>
    </section>
  );
}
