import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconChecks from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import { useTranslation } from 'react-i18next';
import type { Icon } from '@/ui/icon';
import type { Message } from '../api';

type Told = Exclude<Message['state'], 'received' | 'internal'>;

const ICONS: Record<Told, Icon> = {
  queued: IconClock,
  sending: IconClock,
  accepted: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlert,
  unknown: IconHelp,
};

/** How far one of ours got: a mark, and the word for who cannot see it. */
export function DeliveryTick({ state }: { state: Message['state'] }) {
  const { t } = useTranslation('inbox');
  if (state === 'received' || state === 'internal') return null;
  const Glyph = ICONS[state];
  const word = t(`delivery.${state}`);
  return (
    <span data-state={state} title={word}>
      <Glyph size={14} stroke={2} aria-hidden="true" />
      <span className="hidden">{word}</span>
    </span>
  );
}
