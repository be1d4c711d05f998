import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { useEditor } from '../editor';
import { testsQuery } from './api';
import { TestRow } from './TestRow';
import classes from './simulator.module.css';

/** Each played over the draft as it was saved last. */
export function TestList() {
  const { t } = useTranslation('simulator');
  const { flow, saved } = useEditor();
  const query = useQuery(testsQuery(flow.id, saved.revision));
  const { data: report } = query;
  if (query.isError && !report)
    return <RefusalState error={query.error} onRetry={() => void query.refetch()} />;
  if (!report)
    return (
      <Delayed>
        <Skeleton height={64} mt={16} />
      </Delayed>
    );
  const { data: tests, covered } = report;
  if (tests.length === 0) return <EmptyState title={t('no_tests')} text={t('no_tests_text')} />;
  const failing = tests.filter(({ has_passed }) => !has_passed).length;
  return (
    <>
      <p role="status" className={classes.summary}>
        {failing > 0 ? t('failing', { count: failing }) : t('all_pass', { count: tests.length })}{' '}
        {t('covered', {
          cards: covered.cards_reached,
          all_cards: covered.cards,
          outlets: covered.outlets_reached,
          all_outlets: covered.outlets,
        })}
      </p>
      <ul className={classes.tests} aria-label={t('tests')}>
        {tests.map((test) => (
          <TestRow key={`${test.flow}.${test.id}`} test={test} />
        ))}
      </ul>
    </>
  );
}
