import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { startConversation } from '@/lib/starting';
import { toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { useActWithReason, type Act, type Contact } from './api';
import { nameOf } from './words';
import classes from './contacts.module.css';

/** What is done to a contact as a whole; each says what it does before it is done. */
export function ContactActs({ contact }: { contact: Contact }) {
  const { t } = useTranslation(['contacts', 'common']);
  const can = useCan();
  const [asked, setAsked] = useState<Act>();
  if (contact.deleted) return null;
  return (
    <span className={classes.acts}>
      {can('tickets.start') && !contact.blocked && (
        <Button
          variant="default"
          onClick={() =>
            startConversation({
              contact: { id: contact.id, name: nameOf(contact) || t('nameless') },
            })
          }
        >
          {t('common:keys.name.start')}
        </Button>
      )}
      {can('contacts.block') && !contact.blocked && (
        <Button variant="default" onClick={() => setAsked('block')}>
          {t('block.open')}
        </Button>
      )}
      {can('contacts.delete') && (
        <Button variant="default" onClick={() => setAsked('delete')}>
          {t('delete.open')}
        </Button>
      )}
      {(['block', 'delete'] as const).map((act) => (
        <ActDialog
          key={act}
          act={act}
          contactId={contact.id}
          open={asked === act}
          onClose={() => setAsked(undefined)}
        />
      ))}
    </span>
  );
}

type Props = { act: Act; contactId: number; open: boolean; onClose: () => void };

function ActDialog({ act, contactId, open, onClose }: Props) {
  const { t } = useTranslation(['contacts', 'common']);
  const [reason, setReason] = useState('');
  const doing = useActWithReason(contactId, act);
  const send = () =>
    doing.mutate(reason, {
      onSuccess: () => {
        setReason('');
        onClose();
        toast({ message: t(`contacts:${act}.done`) });
      },
    });
  return (
    <Dialog open={open} title={t(`contacts:${act}.title`)} width={440} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{t(`contacts:${act}.text`)}</p>
        <Textarea
          label={t('contacts:reason')}
          maxLength={300}
          autosize
          minRows={2}
          data-autofocus
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <RefusalLine error={doing.error} />
        <div className={classes.end}>
          <Button variant="subtle" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" color="red" loading={doing.isPending}>
            {t(`contacts:${act}.send`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
