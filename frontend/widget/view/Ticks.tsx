import { AlertIcon, CheckIcon, ChecksIcon, ClockIcon } from './icons';
import { useAround } from './context';

export type Tick = 'waiting' | 'kept' | 'delivered' | 'read' | 'refused';

const ICONS = {
  waiting: ClockIcon,
  kept: CheckIcon,
  delivered: ChecksIcon,
  read: ChecksIcon,
  refused: AlertIcon,
};

export function Ticks({ state }: { state: Tick }) {
  const { words } = useAround();
  const Shape = ICONS[state];
  return (
    <span class={`tick ${state}`} title={words.say(`state_${state}`)}>
      <Shape />
      <span class="unseen">{words.say(`state_${state}`)}</span>
    </span>
  );
}
