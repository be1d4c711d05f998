import { Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { Delayed } from '@/ui/Delayed';
import { Dialog } from '@/ui/Dialog';
import { inWords } from '../simulator/model/difference';
import type { Recording } from '../simulator/model/saved';
import { recallQuery, useKeepTest, type Path, type Recall } from './api';
import { TestPreview } from './TestPreview';
import classes from './paths.module.css';

const NAME_MAX = 120;

type Props = { ticketId: number; path: Path; open: boolean; onClose: () => void };

/** A conversation that was had becomes a promise of its flow, with people made up. */
export function SaveRun({ open, onClose, ...what }: Props) {
  const { t } = useTranslation('simulator');
  return (
    <Dialog open={open} title={t('recall.act')} width={600} onClose={onClose}>
      {open && <Recalled onClose={onClose} {...what} />}
    </Dialog>
  );
}

type Inner = Omit<Props, 'open'>;

function Recalled({ ticketId, path, onClose }: Inner) {
  const recall = useQuery(recallQuery(ticketId, path.id));
  if (recall.data) return <KeepForm recall={recall.data} path={path} onClose={onClose} />;
  return recall.isError ? (
    <RefusalState error={recall.error} onRetry={() => void recall.refetch()} />
  ) : (
    <Delayed>
      <Skeleton height={240} />
    </Delayed>
  );
}

function KeepForm({ recall, path, onClose }: { recall: Recall; path: Path; onClose: () => void }) {
  const { t } = useTranslation(['simulator', 'common']);
  const [name, setName] = useState('');
  const keep = useKeepTest(recall.flow_id);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') keep.mutate({ ...(recall.test as Recording), name: name.trim() });
  };
  if (keep.data) return <Kept recall={recall} result={keep.data.result} onClose={onClose} />;
  return (
    <form className={classes.recall} onSubmit={submit}>
      <p>{t('recall.text')}</p>
      <Otherwise recall={recall} path={path} />
      <TestPreview test={recall.test} path={path} />
      <TextInput
        label={t('test_name')}
        description={t('test_name_hint')}
        maxLength={NAME_MAX}
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <RefusalLine error={keep.error} />
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={keep.isPending} disabled={name.trim() === ''}>
          {t('recall.keep')}
        </Button>
      </div>
    </form>
  );
}

/** Where the test goes on otherwise than the conversation did. */
function Otherwise({ recall: { difference }, path }: { recall: Recall; path: Path }) {
  const { t } = useTranslation('simulator');
  if (!difference) return null;
  const nameOf = (card: string | null) =>
    card === null
      ? t('recall.end')
      : path.visits.find((visit) => visit.card === card)?.name || card;
  const { place, then, again } = difference;
  return (
    <p className={classes.wrong} role="status">
      {t('recall.differs', { place, then: nameOf(then), again: nameOf(again) })}
    </p>
  );
}

type Result = NonNullable<ReturnType<typeof useKeepTest>['data']>['result'];

/** It stands in the flow's tests, and was played over the draft as it is. */
function Kept({
  recall,
  result,
  onClose,
}: {
  recall: Recall;
  result: Result;
  onClose: () => void;
}) {
  const { t } = useTranslation('simulator');
  const difference = result?.difference;
  return (
    <div className={classes.recall}>
      <p role="status">
        {result?.has_passed
          ? t('recall.passes')
          : difference
            ? t('recall.fails', { step: difference.step })
            : t('recall.unread')}
      </p>
      {difference && (
        <dl className={classes.difference}>
          <dt>{t('expected')}</dt>
          <dd>{inWords(difference.expected)}</dd>
          <dt>{t('got')}</dt>
          <dd>{inWords(difference.got)}</dd>
        </dl>
      )}
      <div className={form.acts}>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link
              to={paths.flowSimulator}
              params={{ flowId: String(recall.flow_id) }}
              search={{}}
              {...props}
            />
          )}
        >
          {t('recall.look')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('recall.done')}
        </Button>
      </div>
    </div>
  );
}
