import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useEditor } from '../editor';
import { cardOf } from '../model/document';
import { nameIn } from '../model/summary';
import { usePutElsewhere, type SavedTest } from './api';
import { Held } from './Held';
import { putTest, type Recording } from './model/saved';
import classes from './simulator.module.css';

/** The first step that goes on differently, in words; and the way to say that this is how it shall be. */
export function Difference({ test }: { test: SavedTest }) {
  const { t } = useTranslation('simulator');
  const { flow, document, types, act } = useEditor();
  const can = useCan();
  const putElsewhere = usePutElsewhere();
  const accept = useMutation({
    mutationFn: async (again: Recording) => {
      if (test.flow === flow.key) act(putTest(document, again));
      else await putElsewhere(test.flow_id, again);
    },
  });
  if (test.unreadable) return <p className={classes.wrong}>{t('unreadable')}</p>;
  if (!test.difference) return null;
  const { step, card } = test.difference;
  const { again } = test;
  return (
    <>
      <p>{t('at_step', { step, card: nameIn(document, types, card) ?? card })}</p>
      <Held difference={test.difference} card={cardOf(document, card)} />
      <RefusalLine error={accept.error} />
      {again && can('flows.edit') && (
        <Button
          variant="default"
          size="xs"
          loading={accept.isPending}
          onClick={() => accept.mutate(again)}
        >
          {t('accept')}
        </Button>
      )}
    </>
  );
}
