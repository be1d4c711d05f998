import { Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { usePublish } from './api';
import { useEditor } from './editor';
import { FindingLine } from './sheets/FindingLine';
import classes from './flows.module.css';

const NOTE_MAX = 1000;
const SHOWN = 5;

type Props = { open: boolean; onClose: () => void };

/** From here on the draft speaks to customers. Not while it has errors, and with a reason while it has warnings. */
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
  const { flow, findings, saved, saving, unsaved, theirs, problem } = useEditor();
  const publish = usePublish(flow.id);
  const [note, setNote] = useState('');
  /* The closure and the channels are checked when it is published: more may be found than while it was written. */
  const told = publish.error ? asRefusal(publish.error).problem.findings : undefined;
  const all = told ?? findings;
  const errors = all.filter(({ severity }) => severity === 'error');
  const warnings = all.filter(({ severity }) => severity === 'warning');
  const waits = saving || unsaved;
  const isStuck = theirs !== undefined || problem !== undefined;
  const mayNot = errors.length > 0 || isStuck || (warnings.length > 0 && note.trim() === '');
  const see = () => {
    onClose();
    void navigate({ to: paths.flowFindings, params: { flowId: String(flow.id) } });
  };
  const act = () =>
    publish.mutate(
      { revision: saved.revision, note: note.trim() },
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
      {shown.length > 0 && (
        <ul className={classes.findings} aria-label={t('check')}>
          {shown.map((finding, at) => (
            <FindingLine key={at} finding={finding} />
          ))}
        </ul>
      )}
      {isStuck && <p className={classes.wrong}>{t('publish.not_saved')}</p>}
      {errors.length === 0 && (
        <Textarea
          label={t('publish.note')}
          description={t(warnings.length > 0 ? 'publish.note_needed' : 'publish.note_hint')}
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
