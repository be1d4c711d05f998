import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { FormFoot } from '@/lib/panes/FormFoot';
import form from '@/lib/panes/form.module.css';
import panes from '@/lib/panes/panes.module.css';
import { useDraft } from '@/lib/panes/useDraft';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { answerQuery, useRemoveAnswer, useSaveAnswer, type Answer, type AnswerBody } from './api';
import { AnswerFields } from './AnswerFields';
import { AnswerPreview } from './AnswerPreview';
import { useMayWrite, useScopes } from './scopes';

const route = getRouteApi('/in/configuracoes/respostas/$answerId');

const bodyOf = (answer: Answer): AnswerBody => ({
  scope: answer.scope,
  department_id: answer.department_id,
  title: answer.title,
  shortcut: answer.shortcut,
  body: answer.body,
  is_active: answer.is_active,
  files: answer.attachments,
});

export function AnswerPage() {
  const { answerId } = route.useParams();
  const answer = useQuery(answerQuery(Number(answerId)));
  if (answer.data) return <OpenAnswer key={answer.data.id} answer={answer.data} />;
  return (
    <Blank>
      {answer.isError && (
        <RefusalState error={answer.error} onRetry={() => void answer.refetch()} />
      )}
    </Blank>
  );
}

function OpenAnswer({ answer }: { answer: Answer }) {
  const { t } = useTranslation('answers');
  const mayWrite = useMayWrite()(answer);
  const save = useSaveAnswer(answer.id);
  const draft = useDraft(bodyOf(answer));
  const onSave = () =>
    save.mutate(draft.values, {
      onSuccess: () => {
        draft.discard();
        toast({ message: t('saved') });
      },
    });
  return (
    <Detail
      title={answer.title}
      sub={`/${answer.shortcut} · ${t('used', { count: answer.use_count })}`}
      back={{ to: paths.answers, label: t('back') }}
      acts={mayWrite && <RemoveAnswer answer={answer} />}
    >
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          {!mayWrite && (
            <p className={`${form.notice} ${form.section}`} role="note">
              {t('not_yours')}
            </p>
          )}
          <AnswerFields
            values={draft.values}
            set={draft.set}
            error={save.error}
            disabled={!mayWrite}
          />
          <AnswerPreview text={draft.values.body} />
        </div>
        {mayWrite && (
          <FormFoot
            changes={draft.changes}
            saving={save.isPending}
            error={save.error}
            onSave={onSave}
            onDiscard={() => {
              draft.discard();
              save.reset();
            }}
          />
        )}
      </div>
    </Detail>
  );
}

function RemoveAnswer({ answer }: { answer: Answer }) {
  const { t } = useTranslation(['answers', 'common']);
  const navigate = useNavigate();
  const remove = useRemoveAnswer();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" color="red" onClick={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <Dialog
        open={asking}
        width={440}
        title={t('remove_title', { title: answer.title })}
        onClose={() => setAsking(false)}
      >
        <p>{t('remove_text')}</p>
        <RefusalLine error={remove.error} />
        <div className={form.acts}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t('common:cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(answer.id, {
                onSuccess: () => void navigate({ to: paths.answers, ignoreBlocker: true }),
              })
            }
          >
            {t('remove')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}

export function NewAnswer() {
  const { t } = useTranslation('answers');
  const navigate = useNavigate();
  const [scope = 'own'] = useScopes();
  const save = useSaveAnswer();
  const draft = useDraft<AnswerBody>({
    scope,
    department_id: null,
    title: '',
    shortcut: '',
    body: '',
    is_active: true,
    files: [],
  });
  const onSave = () =>
    save.mutate(draft.values, {
      onSuccess: ({ id }) => {
        draft.discard();
        void navigate({
          to: paths.answer,
          params: { answerId: String(id) },
          ignoreBlocker: true,
        });
      },
    });
  return (
    <Detail title={t('new_title')} back={{ to: paths.answers, label: t('back') }}>
      <div className={panes.form}>
        <div className={`${panes.scroll} scrolls`}>
          <AnswerFields values={draft.values} set={draft.set} error={save.error} />
          <AnswerPreview text={draft.values.body} />
        </div>
        <FormFoot
          changes={draft.changes}
          saving={save.isPending}
          error={save.error}
          onSave={onSave}
          onDiscard={draft.discard}
        />
      </div>
    </Detail>
  );
}
