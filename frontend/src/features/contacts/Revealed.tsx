import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useReveal } from './api';
import { addressText, isMasked } from './words';
import classes from './contacts.module.css';

type Props = { contactId: number; field: 'phone' | 'email' | 'name'; value: string | null };

/** Lifts the mask of one field for whoever may; each look is on the trail, and none is kept. */
export function Revealed({ contactId, field, value }: Props) {
  const { t } = useTranslation('contacts');
  const can = useCan();
  const reveal = useReveal(contactId, field);
  if (!isMasked(value) || !can('contacts.unmask')) return null;
  return (
    <div className={classes.acts}>
      <span aria-live="polite" className="num">
        {reveal.data && addressText(reveal.data)}
      </span>
      <Button
        variant="subtle"
        size="xs"
        loading={reveal.isPending}
        onClick={() => (reveal.isSuccess ? reveal.reset() : reveal.mutate())}
      >
        {t(reveal.isSuccess ? `hide.${field}` : `reveal.${field}`)}
      </Button>
      <RefusalLine error={reveal.error} />
    </div>
  );
}
