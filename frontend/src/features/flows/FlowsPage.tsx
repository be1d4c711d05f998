import { Button, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconImport from '@tabler/icons-react/dist/esm/icons/IconFileImport.mjs';
import IconKey from '@tabler/icons-react/dist/esm/icons/IconKey.mjs';
import IconAgent from '@tabler/icons-react/dist/esm/icons/IconRobot.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageMark } from '@/lib/page-mark';
import { WholePage } from '@/lib/panes/WholePage';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { flowsQuery } from './api';
import { FlowRow } from './FlowRow';
import { SecretsDialog } from './SecretsDialog';
import { ImportDialog } from './start/ImportDialog';
import { NewFlow } from './start/NewFlow';
import classes from './flows.module.css';

const REST_MS = 200;
type Open = 'new' | 'import' | 'secrets' | undefined;

export function FlowsPage() {
  const { t } = useTranslation('flows');
  const can = useCan();
  const maySee = can('flows.view');
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), REST_MS);
  const [open, setOpen] = useState<Open>();
  const flows = useQuery(flowsQuery(asked));
  const rows = flows.data?.data;
  usePageMark(t('title'), 0);
  return (
    <WholePage
      title={t('title')}
      heading="h1"
      sub={<p>{t('lead')}</p>}
      act={
        <div className={classes.acts}>
          {maySee && (
            <Button
              variant="default"
              component={Link}
              to={paths.flowAgents}
              leftSection={<IconAgent size={16} stroke={1.75} />}
            >
              {t('agents.title')}
            </Button>
          )}
          {can('flows.secrets') && (
            <Button
              variant="default"
              leftSection={<IconKey size={16} stroke={1.75} />}
              onClick={() => setOpen('secrets')}
            >
              {t('secrets.act')}
            </Button>
          )}
          {can('flows.import') && (
            <Button
              variant="default"
              leftSection={<IconImport size={16} stroke={1.75} />}
              onClick={() => setOpen('import')}
            >
              {t('import.act')}
            </Button>
          )}
          {can('flows.edit') && (
            <Button
              leftSection={<IconPlus size={16} stroke={1.75} />}
              onClick={() => setOpen('new')}
            >
              {t('new.act')}
            </Button>
          )}
        </div>
      }
    >
      <div className="scrolls">
        {maySee && (
          <TextInput
            className={classes.search}
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} stroke={1.75} />}
            value={words}
            onChange={({ currentTarget: { value } }) => setWords(value)}
          />
        )}
        {flows.isError && !rows && (
          <RefusalState error={flows.error} onRetry={() => void flows.refetch()} />
        )}
        {flows.isPending && (
          <Delayed>
            <div className={classes.waiting}>
              <Skeleton height={40} mb={24} />
              <Skeleton height={40} />
            </div>
          </Delayed>
        )}
        {rows?.length === 0 && (
          <EmptyState
            tile={!asked}
            title={asked ? t('nothing_found', { words: asked }) : t('empty')}
            {...(asked ? {} : { text: t('empty_text') })}
            action={
              asked ? (
                <Button variant="default" onClick={() => setWords('')}>
                  {t('clear_search')}
                </Button>
              ) : (
                can('flows.edit') && <Button onClick={() => setOpen('new')}>{t('begin')}</Button>
              )
            }
          />
        )}
        {rows && rows.length > 0 && (
          <ul className={classes.flows} aria-label={t('title')}>
            {rows.map((flow) => (
              <li key={flow.id}>
                <FlowRow flow={flow} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <SecretsDialog open={open === 'secrets'} onClose={() => setOpen(undefined)} />
      <NewFlow open={open === 'new'} onClose={() => setOpen(undefined)} />
      <ImportDialog open={open === 'import'} onClose={() => setOpen(undefined)} />
    </WholePage>
  );
}
