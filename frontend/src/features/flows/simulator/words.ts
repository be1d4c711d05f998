import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import type { Turn } from './api';
import type { Step } from './model/play';
import { useConversation } from './useConversation';

/** What somebody did, in words: of a tapped option its label. */
export function useSayStep() {
  const { t } = useTranslation('simulator');
  const format = useFormat();
  const { now } = useConversation();
  const labelOf = (option: string) =>
    now?.turns
      .flatMap(({ said }) => said.flatMap(({ options }) => options))
      .findLast(({ id }) => id === option)?.label ?? option;
  return (step: Step, turn: Turn | undefined) => {
    if ('advance_s' in step)
      return turn ? t('did.waited_until', { at: format.timed(turn.at) }) : t('did.waited');
    if ('fact' in step) return t('did.opened');
    if ('agent' in step) {
      const { agent } = step;
      if (agent === 'taken') return t('did.taken');
      return t('returned' in agent ? 'did.returned' : 'did.closed');
    }
    if (step.in.kind === 'reply') return labelOf(step.in.option);
    if (step.in.kind === 'digits') return t('did.pressed', { digits: step.in.digits || '#' });
    if ('form' in step.in) return t(`form.${step.in.form as 'image'}`);
    return step.in.text || t('did.called');
  };
}
