import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/ui/Dialog';
import { endAct, type Acting } from '../model/acting';
import { ActItems } from './ActItems';
import { ClassifyForm } from './ClassifyForm';
import { SnoozeForm } from './SnoozeForm';
import { ContactTags, MessageTags, TicketTags } from './TagPicker';

/** The dialog or menu of what somebody is about to do. */
export function ActHost({ acting }: { acting: Acting }) {
  const { t } = useTranslation('acts');
  if (acting.kind === 'menu') return <RowMenu {...acting} />;
  const { ticket } = acting;
  switch (acting.kind) {
    case 'snooze':
      return (
        <Dialog open title={t('snooze_title')} width={420} onClose={endAct}>
          <SnoozeForm ticket={ticket} onDone={endAct} />
        </Dialog>
      );
    case 'classify':
      return (
        <Dialog open title={t('classify_title')} width={420} onClose={endAct}>
          <ClassifyForm ticket={ticket} onDone={endAct} />
        </Dialog>
      );
    case 'tags':
      return (
        <Dialog open title={t('tags_title')} width={420} onClose={endAct}>
          <TicketTags ticketId={ticket.id} known={ticket.tag_ids} />
        </Dialog>
      );
    case 'message_tags':
      return (
        <Dialog open title={t('message_tags_title')} width={420} onClose={endAct}>
          <MessageTags message={acting.message} />
        </Dialog>
      );
    case 'contact_tags':
      return (
        <Dialog open title={t('contact_tags_title')} width={420} onClose={endAct}>
          <ContactTags contactId={ticket.contact.id} />
        </Dialog>
      );
  }
}

/** Where the pointer is, or beside the row that the key was pressed on. */
function RowMenu({ ticket, x, y }: Extract<Acting, { kind: 'menu' }>) {
  const { t } = useTranslation('acts');
  return (
    <Menu opened onClose={endAct} position="bottom-start" withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: x, top: y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('menu')} aria-labelledby={undefined}>
        <ActItems ticket={ticket} />
      </Menu.Dropdown>
    </Menu>
  );
}
