import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { Blank } from '@/lib/panes/Blank';
import { ListPane } from '@/lib/panes/ListPane';
import { Panes } from '@/lib/panes/Panes';
import panes from '@/lib/panes/panes.module.css';
import { paths } from '@/lib/paths';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { answersQuery, type Answer } from './api';
import { useScopes, useScopeName } from './scopes';
import classes from './answers.module.css';

const REST_MS = 200;

export function AnswersPage() {
  const { t } = useTranslation('answers');
  usePageMark(t('title'), 0);
  return <Panes home={paths.answers} list={<AnswerList />} />;
}

export function NoAnswerOpen() {
  const { t } = useTranslation('answers');
  return (
    <Blank>
      <EmptyState title={t('none_open')} text={t('none_open_text')} />
    </Blank>
  );
}

function AnswerList() {
  const { t } = useTranslation('answers');
  const mayMake = useScopes().length > 0;
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), REST_MS);
  const answers = useQuery(answersQuery(asked));
  return (
    <ListPane
      title={t('title')}
      query={answers}
      act={
        mayMake && (
          <Button
            variant="default"
            component={Link}
            to={paths.newAnswer}
            leftSection={<IconPlus size={16} stroke={1.75} />}
          >
            {t('new')}
          </Button>
        )
      }
    >
      {(rows) => (
        <>
          <TextInput
            className={classes.search}
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} stroke={1.75} />}
            value={words}
            onChange={({ currentTarget: { value } }) => setWords(value)}
          />
          {rows.length === 0 && (
            <EmptyState
              tile={false}
              title={asked ? t('nothing_found', { words: asked }) : t('empty')}
              {...(asked ? {} : { text: t('empty_text') })}
              action={
                !asked &&
                mayMake && (
                  <Button variant="default" component={Link} to={paths.newAnswer}>
                    {t('begin')}
                  </Button>
                )
              }
            />
          )}
          <ul>
            {rows.map((answer) => (
              <li key={answer.id}>
                <AnswerRow answer={answer} />
              </li>
            ))}
          </ul>
        </>
      )}
    </ListPane>
  );
}

function AnswerRow({ answer }: { answer: Answer }) {
  const { t } = useTranslation('answers');
  const scopeName = useScopeName();
  const { id, title, shortcut, is_active, use_count, attachments } = answer;
  return (
    <Link to={paths.answer} params={{ answerId: String(id) }} className={panes.row} data-plain>
      <b className="cut">{title}</b>
      {is_active ? <Chip>{scopeName(answer)}</Chip> : <Chip tone="warn">{t('inactive')}</Chip>}
      <small className="cut num">
        /{shortcut} · {use_count > 0 ? t('used', { count: use_count }) : t('never_used')}
        {attachments.length > 0 && ` · ${t('files', { count: attachments.length })}`}
      </small>
    </Link>
  );
}
