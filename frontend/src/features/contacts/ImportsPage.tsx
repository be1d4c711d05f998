import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Detail } from '@/lib/panes/Detail';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { EmptyState } from '@/ui/EmptyState';
import { importsQuery, useUploadImport } from './api';
import { usePlaceName } from './usePlaceName';
import classes from './contacts.module.css';

/** Contacts from files: what was brought, and a file to bring. */
export function ImportsPage() {
  const { t } = useTranslation('contacts');
  const format = useFormat();
  const navigate = useNavigate();
  const imports = useQuery(importsQuery);
  const upload = useUploadImport();
  const rows = imports.data?.data ?? [];
  usePageMark(t('import.title'), 0);
  const send = (file: File | null) =>
    file &&
    upload.mutate(file, {
      onSuccess: ({ id }) =>
        void navigate({ to: paths.contactImport, params: { importId: String(id) } }),
    });
  return (
    <Detail
      title={t('import.title')}
      place={usePlaceName()}
      sub={t('import.lead')}
      back={{ to: paths.contacts, label: t('back') }}
      acts={
        <FileButton onChange={send} accept=".csv,.txt,.xlsx,text/csv">
          {(props) => (
            <Button {...props} loading={upload.isPending}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
      }
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <RefusalLine error={upload.error} />
          {imports.isError && !imports.data && (
            <RefusalState error={imports.error} onRetry={() => void imports.refetch()} />
          )}
          {imports.data && rows.length === 0 && (
            <EmptyState title={t('import.none')} text={t('import.none_text')} />
          )}
          {rows.length > 0 && (
            <ul className={`${classes.card} ${classes.section}`} aria-label={t('import.title')}>
              {rows.map((one) => (
                <li key={one.id}>
                  <span className={classes.what}>
                    <Link to={paths.contactImport} params={{ importId: String(one.id) }}>
                      <b className="cut">{one.filename}</b>
                    </Link>
                    <small>
                      {t(`import.state.${one.state}`)} ·{' '}
                      {t('import.lines', { count: one.line_count })}
                    </small>
                  </span>
                  <time className={`${classes.when} num`} dateTime={one.created_at}>
                    {format.moment(one.created_at)}
                  </time>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Detail>
  );
}
