import { Menu } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { bringWords } from '@/lib/i18n';
import { Dialog } from '@/ui/Dialog';
import { endAct, endMenu, type Acting } from '../model/acting';
import { ActItems } from './ActItems';
import { DeleteForm, EditForm, Past } from './AmendForms';
import { ClassifyForm } from './ClassifyForm';
import { ReturnForm } from './ReturnForm';
import { SnoozeForm } from './SnoozeForm';
import classes from './acts.module.css';
import { ContactTags, MessageTags, TicketTags } from './TagPicker';
import { TranscriptForm } from './TranscriptForm';

const QueueDialog = lazy(async () => {
  await bringWords('distribution');
  return { default: (await import('../queue/QueueDialog')).QueueDialog };
});

const MergeDialog = lazy(async () => {
  await bringWords('merge');
  return { default: (await import('../merge/MergeDialog')).MergeDialog };
});

const AMENDS = { edit: EditForm, delete: DeleteForm, past: Past };

/** The dialog or menu of what somebody is about to do. */
export function ActHost({ acting }: { acting: Acting }) {
  const { t } = useTranslation('acts');
  if (acting.kind === 'menu') return <RowMenu key={acting.ticket.id} menu={acting} />;
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
    case 'assign':
    case 'priority':
    case 'why':
      return (
        <Suspense fallback={null}>
          <QueueDialog kind={acting.kind} ticket={ticket} />
        </Suspense>
      );
    case 'merge':
      return (
        <Suspense fallback={null}>
          <MergeDialog ticket={ticket} onDone={endAct} />
        </Suspense>
      );
    case 'return':
      return (
        <Dialog open title={t('return.title')} width={420} onClose={endAct}>
          <ReturnForm ticket={ticket} onDone={endAct} />
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
    case 'amend': {
      const Form = AMENDS[acting.amend];
      return (
        <Dialog open title={t(`amend.${acting.amend}_title`)} onClose={endAct}>
          <Form message={acting.message} onDone={endAct} />
        </Dialog>
      );
    }
    case 'transcript':
      return (
        <Dialog open title={t('transcript.title')} width={420} onClose={endAct}>
          <TranscriptForm ticket={ticket} onDone={endAct} />
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
function RowMenu({ menu }: { menu: Extract<Acting, { kind: 'menu' }> }) {
  const { t } = useTranslation('acts');
  const { ticket, x, y } = menu;
  return (
    <Menu opened onClose={() => endMenu(menu)} position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('menu')}
          className={classes.anchor}
          style={{ left: x, top: y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <ActItems ticket={ticket} selectable />
      </Menu.Dropdown>
    </Menu>
  );
}
