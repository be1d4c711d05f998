import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { RefusalLine } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { useEditor } from '../editor';
import { record } from './api';
import { newTestId, putTest, testsOf, TESTS_MAX } from './model/saved';
import { useConversation } from './useConversation';

const NAME_MAX = 120;

type Props = { open: boolean; onClose: () => void };

/** The conversation as it stands becomes a promise: from now on publishing holds the flow to it. */
export function SaveTest({ open, onClose }: Props) {
  const { t } = useTranslation('simulator');
  return (
    <Dialog open={open} title={t('save')} width={440} onClose={onClose}>
      <SaveForm onClose={onClose} />
    </Dialog>
  );
}

function SaveForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['simulator', 'common']);
  const { flow, document, act } = useEditor();
  const { play } = useConversation();
  const [name, setName] = useState('');
  const isFull = testsOf(document).length >= TESTS_MAX;
  const save = useMutation({
    mutationFn: () => record(flow.id, play, { id: newTestId(document), name: name.trim() }),
    onSuccess: (test) => {
      act(putTest(document, test));
      toast({ message: t('saved') });
      onClose();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && !isFull) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p>{t(isFull ? 'full' : 'save_text', { count: TESTS_MAX })}</p>
      <TextInput
        label={t('test_name')}
        description={t('test_name_hint')}
        maxLength={NAME_MAX}
        data-autofocus
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <RefusalLine error={save.error} />
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || isFull}>
          {t('keep')}
        </Button>
      </div>
    </form>
  );
}
