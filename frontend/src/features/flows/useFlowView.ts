import { usePhone } from '@/lib/phone';
import { usePreference } from '@/lib/preferences';

export type FlowView = 'board' | 'list';

/** As it was last chosen here; before that, cards and lines where there is room for them. */
export function useFlowView() {
  const phone = usePhone();
  const [chosen, choose] = usePreference('flow_view');
  const view: FlowView = chosen === 'auto' ? (phone ? 'list' : 'board') : chosen;
  return [view, choose as (view: FlowView) => void] as const;
}
