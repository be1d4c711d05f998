import { Button, Skeleton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mayPass } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { Delayed } from '@/ui/Delayed';
import { cardOf } from '../model/document';
import { Held } from '../simulator/Held';
import type { Recording } from '../simulator/model/saved';
import { recallQuery, useKeepTest, useVersion, type Path, type Recall } from './api';
import { TestPreview } from './TestPreview';
import classes from './paths.module.css';

const NAME_MAX = 120;

type Props = { ticketId: number; path: Path; onBack: () => void; onClose: () => void };

/** A conversation that was had becomes a promise of its flow, with people made up. */
export function SaveRun({ ticketId, path, onBack, onClose }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const recall = useQuery(recallQuery(ticketId, path.id));
  const step = useRef<HTMLDivElement>(null);
  useEffect(() => step.current?.focus(), []);
  return (
    <div
      ref={step}
      tabIndex={-1}
      className={classes.recall}
      role="group"
      aria-label={t('path.as_test')}
    >
      {recall.data ? (
        <KeepForm recall={recall.data} path={path} onBack={onBack} onClose={onClose} />
      ) : (
        <>
          {recall.isError ? (
            <RefusalState
              error={recall.error}
              onRetry={mayPass(recall.error) ? () => void recall.refetch() : undefined}
            />
          ) : (
            <Delayed>
              <Skeleton height={240} />
            </Delayed>
          )}
          <div className={form.acts}>
            <Button variant="default" onClick={onBack}>
              {t('common:back')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

type FormProps = Omit<Props, 'ticketId'> & { recall: Recall };

function KeepForm({ recall, path, onBack, onClose }: FormProps) {
  const { t } = useTranslation(['simulator', 'common']);
  const [name, setName] = useState('');
  const keep = useKeepTest(recall.flow_id);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '') keep.mutate({ ...(recall.test as Recording), name: name.trim() });
  };
  if (keep.data)
    return <Kept recall={recall} path={path} result={keep.data.result} onClose={onClose} />;
  return (
    <form className={classes.recall} onSubmit={submit}>
      <p>{t('recall.text')}</p>
      <Otherwise recall={recall} path={path} />
      <TestPreview test={recall.test} path={path} />
      <TextInput
        label={t('test_name')}
        description={t('test_name_hint')}
        maxLength={NAME_MAX}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <RefusalLine error={keep.error} />
      <div className={form.acts}>
        <Button variant="default" onClick={onBack}>
          {t('common:back')}
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

type KeptProps = { recall: Recall; path: Path; result: Result; onClose: () => void };

/** It stands in the flow's tests, and was played over the draft as it is. */
function Kept({ recall, path, result, onClose }: KeptProps) {
  const { t } = useTranslation('simulator');
  const { document } = useVersion(path.flow_id, path.number);
  const difference = result?.difference;
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus(), []);
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
        <Held difference={difference} card={document && cardOf(document, difference.card)} />
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
        <Button ref={done} onClick={onClose}>
          {t('recall.done')}
        </Button>
      </div>
    </div>
  );
}
