import { Button, Textarea } from '@mantine/core';
import IconChevron from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Chip } from '@/ui/Chip';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { useRevert, versionsQuery, type Version } from '../api';
import { useEditor } from '../editor';
import { useMemberName } from '../Troubles';
import { DiffView } from './DiffView';
import { Sheet } from './Sheet';
import { Waiting } from './Waiting';
import classes from '../flows.module.css';

const MoveDialog = lazy(() => import('../moves/MoveDialog'));

/** What was published, newest first: who, when, why, and what was different. */
export function VersionsSheet() {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const versions = useQuery(versionsQuery(flow.id));
  const rows = versions.data?.data ?? [];
  return (
    <Sheet title={t('versions')} sub={t('versions_sub')}>
      {versions.isError && (
        <RefusalState error={versions.error} onRetry={() => void versions.refetch()} />
      )}
      {versions.isPending && <Waiting />}
      {versions.data && rows.length === 0 && (
        <EmptyState title={t('no_versions')} text={t('no_versions_text')} />
      )}
      {flow.live && flow.draft.is_changed && (
        <div className={classes.changes}>
          <Changes title={t('draft_against_live')} from="live" to="draft" />
        </div>
      )}
      <ol className={classes.versions} aria-label={t('versions')}>
        {rows.map((version) => (
          <VersionRow key={version.number} version={version} />
        ))}
      </ol>
    </Sheet>
  );
}

function VersionRow({ version }: { version: Version }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const nameOf = useMemberName();
  const can = useCan();
  const { number, note, published_at, published_by, is_live, is_same_logic, reverts_to } = version;
  return (
    <li>
      <header>
        <b>{t('version', { number })}</b>
        {is_live && <Chip tone="ok">{t('is_live')}</Chip>}
        {is_same_logic && <Chip>{t('same_logic')}</Chip>}
      </header>
      <p className="num">
        {t('published', { who: nameOf(published_by), at: format.moment(published_at) })}
        {reverts_to !== null && ` · ${t('reverts', { number: reverts_to })}`}
      </p>
      {note && <p>{note}</p>}
      {number > 1 && (
        <Changes
          title={t('against_before', { number: number - 1 })}
          from={String(number - 1)}
          to={String(number)}
        />
      )}
      {!is_live && can('flows.publish') && <Revert version={version} />}
      {is_live && number > 1 && can('flows.publish') && <MoveHere />}
    </li>
  );
}

/** Asked for only when somebody wants to see it. */
function Changes({ title, from, to }: { title: string; from: string; to: string }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        className={classes.fold}
        leftSection={<IconChevron size={14} stroke={1.75} aria-hidden />}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {title}
      </Button>
      {shown && <DiffView from={from} to={to} />}
    </>
  );
}

/** Conversations that began with an older version can be brought here. */
function MoveHere() {
  const { t } = useTranslation('flows');
  const [asking, setAsking] = useState(false);
  const [wasAsked, setWasAsked] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          setWasAsked(true);
          setAsking(true);
        }}
      >
        {t('move.open')}
      </Button>
      {wasAsked && (
        <Suspense>
          <MoveDialog open={asking} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

function Revert({ version: { number } }: { version: Version }) {
  const { t } = useTranslation(['flows', 'common']);
  const { flow } = useEditor();
  const revert = useRevert(flow.id);
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState(t('revert.note', { number }));
  const close = () => setAsking(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setAsking(true)}>
        {t('revert.act', { number })}
      </Button>
      <Dialog open={asking} width={440} title={t('revert.title', { number })} onClose={close}>
        <div className={classes.asked}>
          <p>{t('revert.text')}</p>
          <Textarea
            label={t('publish.note')}
            autosize
            minRows={2}
            maxLength={1000}
            value={note}
            onChange={({ currentTarget: { value } }) => setNote(value)}
          />
          <RefusalLine error={revert.error} />
          <div className={form.acts}>
            <Button variant="default" data-autofocus onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button
              loading={revert.isPending}
              onClick={() =>
                revert.mutate(
                  { number, live_number: flow.live?.number ?? 1, note: note.trim() },
                  {
                    onSuccess: (made) => {
                      toast({ message: t('publish.done', { number: made.number }) });
                      close();
                    },
                  },
                )
              }
            >
              {t('revert.act', { number })}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
