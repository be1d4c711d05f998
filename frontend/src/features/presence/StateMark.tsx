import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconCoffee from '@tabler/icons-react/dist/esm/icons/IconCoffee.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import { useTranslation } from 'react-i18next';
import { Chip, type Tone } from '@/ui/Chip';
import type { PresenceState } from './api';

const LOOKS: Record<PresenceState, { tone: Tone; Icon: typeof IconMoon }> = {
  online: { tone: 'ok', Icon: IconCircleCheck },
  away: { tone: 'warn', Icon: IconMoon },
  break: { tone: 'note', Icon: IconCoffee },
  offline: { tone: 'plain', Icon: IconCircleDashed },
};

export function StateMark({ state }: { state: PresenceState }) {
  const { t } = useTranslation('presence');
  const { tone, Icon } = LOOKS[state];
  return (
    <Chip tone={tone} icon={<Icon size={14} stroke={1.75} aria-hidden="true" />}>
      {t(`state.${state}`)}
    </Chip>
  );
}
