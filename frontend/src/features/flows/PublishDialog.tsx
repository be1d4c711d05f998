import { Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { usePublish } from './api';
import { useEditor } from './editor';
import { FindingLine } from './sheets/FindingLine';
import { testsQuery } from './simulator/api';
import { useMemberName } from './Troubles';
import classes from './flows.module.css';

const PublishTests = lazy(() => import('./simulator/PublishTests'));

const NOTE_MAX = 1000;
const SHOWN = 5;
const TEST_DIFFERS = 'L701';

type Props = { open: boolean; onClose: () => void };

/**
 * From here on the draft speaks to customers. Not while it has errors or breaks a recorded conversation, and with a reason
 * while it has warnings.
 */
export function PublishDialog({ open, onClose }: Props) {
  const { t } = useTranslation('flows');
  return (
    <Dialog open={open} title={t('publish.title')} width={520} onClose={onClose}>
      <PublishForm onClose={onClose} />
    </Dialog>
  );
}

function PublishForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['flows', 'common']);
  const navigate = useNavigate();
  const { flow, findings, saved, saving, unsaved, theirs, problem, isStranded, writer } =
    useEditor();
  const nameOf = useMemberName();
  const me = useSession().account.member_id;
  const publish = usePublish(flow.id);
  const [note, setNote] = useState('');
  const [overrides, setOverrides] = useState(false);
  const tests = useQuery(testsQuery(flow.id, saved.revision));
  const failing = (tests.data?.data ?? []).filter(({ has_passed }) => !has_passed);
  /* The closure and the channels are checked when it is published: more may be found than while it was written. */
  const told = publish.error ? asRefusal(publish.error).problem.findings : undefined;
  const all = (told ?? findings).filter(({ code }) => code !== TEST_DIFFERS);
  const errors = all.filter(({ severity }) => severity === 'error');
  const warnings = all.filter(({ severity }) => severity === 'warning');
  const waits = saving || (unsaved && !isStranded) || tests.isPending || tests.isPlaceholderData;
  const needsNote = warnings.length > 0 || (failing.length > 0 && overrides);
  const isStuck = isStranded || theirs !== undefined || problem !== undefined;
  const mayNot =
    errors.length > 0 ||
    isStuck ||
    (failing.length > 0 && !overrides) ||
    (needsNote && note.trim() === '');
  const see = () => {
    onClose();
    void navigate({ to: paths.flowFindings, params: { flowId: String(flow.id) } });
  };
  const act = () =>
    publish.mutate(
      { revision: saved.revision, note: note.trim(), overrides: failing.length > 0 && overrides },
      {
        onSuccess: ({ number }) => {
          toast({ message: t('publish.done', { number }) });
          onClose();
        },
      },
    );
  const shown = [...errors, ...warnings].slice(0, SHOWN);
  return (
    <>
      <p>
        {t(
          errors.length > 0
            ? 'publish.has_errors'
            : warnings.length > 0
              ? 'publish.has_warnings'
              : 'publish.text',
          { count: errors.length || warnings.length },
        )}
      </p>
      {writer !== undefined && (
        <p>
          {writer === me
            ? t('pencil.publishing_own')
            : t('pencil.publishing', { who: nameOf(writer) })}
        </p>
      )}
      {shown.length > 0 && (
        <ul className={classes.findings} aria-label={t('check')}>
          {shown.map((finding, at) => (
            <FindingLine key={at} finding={finding} />
          ))}
        </ul>
      )}
      {errors.length === 0 && failing.length > 0 && (
        <Suspense>
          <PublishTests failing={failing} overrides={overrides} onOverride={setOverrides} />
        </Suspense>
      )}
      {isStuck && <p className={classes.wrong}>{t('publish.not_saved')}</p>}
      {errors.length === 0 && (
        <Textarea
          label={t('publish.note')}
          description={t(needsNote ? 'publish.note_needed' : 'publish.note_hint')}
          autosize
          minRows={2}
          maxLength={NOTE_MAX}
          data-autofocus
          value={note}
          onChange={({ currentTarget: { value } }) => setNote(value)}
        />
      )}
      {!told && <RefusalLine error={publish.error} />}
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        {errors.length > 0 ? (
          <Button onClick={see}>{t('publish.see')}</Button>
        ) : (
          <Button loading={waits || publish.isPending} disabled={mayNot} onClick={act}>
            {t('publish.act')}
          </Button>
        )}
      </div>
    </>
  );
}
