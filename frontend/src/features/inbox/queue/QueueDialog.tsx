import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/Dialog';
import type { Ticket } from '../api';
import { endAct } from '../model/acting';
import { AssignForm } from './AssignForm';
import { Decisions } from './Decisions';
import { PriorityForm } from './PriorityForm';

const FORMS = { assign: AssignForm, priority: PriorityForm, why: Decisions } as const;

type Props = { kind: keyof typeof FORMS; ticket: Ticket };

/** What one does with a ticket of a queue, and what its queue did. */
export function QueueDialog({ kind, ticket }: Props) {
  const { t } = useTranslation('distribution');
  const Form = FORMS[kind];
  return (
    <Dialog open title={t(`${kind}_title`)} width={kind === 'why' ? 520 : 420} onClose={endAct}>
      <Form ticket={ticket} onDone={endAct} />
    </Dialog>
  );
}
