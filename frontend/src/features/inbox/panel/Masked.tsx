import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import IconEyeOff from '@tabler/icons-react/dist/esm/icons/IconEyeOff.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import { useRevealField, type RevealableField } from '../api';
import { isMasked } from '../names';
import classes from './panel.module.css';

const EYE = { size: 16, stroke: 1.75 } as const;

type Props = {
  contactId: number;
  field: RevealableField;
  value: string;
  children: (value: string) => ReactNode;
};

/**
 * A field of the contact that may come with a mask, and the eye that lifts it for who may. What it
 * shows goes with the panel; seen again, it is asked again, and each look is on the trail.
 */
export function Masked({ contactId, field, value, children }: Props) {
  const { t } = useTranslation('inbox');
  const can = useCan();
  const reveal = useRevealField(contactId, field);
  if (!isMasked(value) || !can('contacts.unmask')) return children(value);
  const shown = reveal.isSuccess;
  return (
    <span className={classes.masked}>
      <span aria-live="polite">{children(reveal.data ?? value)}</span>
      <IconButton
        className="reach"
        size={24}
        label={t(shown ? `mask.${field}` : `unmask.${field}`)}
        loading={reveal.isPending}
        onClick={() => (shown ? reveal.reset() : reveal.mutate())}
      >
        {shown ? <IconEyeOff {...EYE} /> : <IconEye {...EYE} />}
      </IconButton>
      <RefusalLine error={reveal.error} />
    </span>
  );
}
