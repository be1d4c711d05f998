import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { answersQuery, type Answered, type Survey } from './api';
import { DownloadAnswers } from './DownloadAnswers';
import type { SurveySearch } from './place';
import { useNames } from './useNames';
import classes from './surveys.module.css';

type Props = {
  answered: Answered;
  search: SurveySearch;
  onChange: (change: SurveySearch) => void;
};

/** What they said, the newest first: the words, or every score; each leads to its ticket. */
export function Answers({ answered, search, onChange }: Props) {
  const { t } = useTranslation('surveys');
  const rows = useInfiniteQuery(answersQuery(answered));
  const list = rows.data?.pages.flatMap(({ data }) => data);
  return (
    <section className={classes.answers} aria-labelledby="survey-answers">
      <div className={classes.bar}>
        <h3 id="survey-answers">
          {search.score === undefined ? t('answers') : t('answers_of', { score: search.score })}
        </h3>
        {search.score !== undefined && (
          <Button variant="subtle" size="xs" onClick={() => onChange({ score: undefined })}>
            {t('any_score')}
          </Button>
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('which')}
          value={search.show ?? 'commented'}
          onChange={(next) => onChange({ show: next === 'all' ? 'all' : undefined })}
          data={(['commented', 'all'] as const).map((value) => ({
            value,
            label: t(`show.${value}`),
          }))}
        />
        <DownloadAnswers answered={answered} />
      </div>
      {rows.isError && !list && (
        <RefusalState error={rows.error} onRetry={() => void rows.refetch()} />
      )}
      {rows.isPending && (
        <Delayed>
          <Skeleton height={64} mb={8} />
          <Skeleton height={64} />
        </Delayed>
      )}
      {list?.length === 0 && (
        <p className={classes.quiet}>{t(search.show === 'all' ? 'no_answer' : 'no_comment')}</p>
      )}
      <ul data-old={rows.isPlaceholderData || undefined}>
        {list?.map((survey) => (
          <Answer key={survey.id} survey={survey} />
        ))}
      </ul>
      {rows.hasNextPage && (
        <Button
          variant="default"
          loading={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function Answer({ survey }: { survey: Survey }) {
  const { t } = useTranslation('surveys');
  const format = useFormat();
  const names = useNames();
  const { score, label, comment, protocol, ticket_id, counts_for } = survey;
  const at = survey.answered_at ?? survey.asked_at;
  const facts = [
    names.department(survey.department_id),
    names.agent(survey.member_id),
    t(`scopes.${counts_for}`),
  ].filter(Boolean);
  return (
    <li className={classes.answer}>
      <p className={classes.score}>
        <b className="num">{score}</b> {label}
      </p>
      {comment && <p className={classes.comment}>{comment}</p>}
      <p className={classes.quiet}>
        <Link
          to={paths.ticket}
          params={{ ticketId: String(ticket_id) }}
          search={{ tab: 'closed' }}
          aria-label={t('open', { protocol })}
          className="num"
        >
          {protocol}
        </Link>
        <span>{facts.join(' · ')}</span>
        <time className="num" dateTime={at} title={format.exact(at)}>
          {format.timed(at)}
        </time>
      </p>
    </li>
  );
}
