import { Button, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { holdAct, undoAct } from '@/lib/grace';
import { plain } from '@/lib/plain';
import { usePassed } from '@/lib/now';
import { sayRefusal } from '@/lib/refusal';
import { dropToast, toast } from '@/lib/toast';
import { Dialog } from '@/ui/Dialog';
import { goodbyeQuery, useCatalogue, useCloseTicket, type CloseBody, type Ticket } from '../api';
import classes from './dialogs.module.css';

type Props = {
  ticket: Ticket;
  open: boolean;
  onDone: () => void;
  /** The ticket left the hands of whoever closed it. */
  onClosed: () => void;
};

export function CloseDialog({ ticket, open, onDone, onClosed }: Props) {
  const { t } = useTranslation(['inbox', 'common', 'refused']);
  const close = useCloseTicket(ticket.id);
  const id = `close ${ticket.id}`;

  /** The request is made five seconds later, or at once when one moves on. */
  const hold = (body: CloseBody) => {
    onDone();
    holdAct({
      id,
      subject: id,
      run: () => {
        dropToast(id);
        close.mutateAsync(body).then(onClosed, (thrown: unknown) => {
          toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' });
        });
      },
      onUndo: () => dropToast(id),
    });
    toast({
      id,
      message: (
        <span style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <span style={{ flex: 1 }}>{t('close.done')}</span>
          <Button size="xs" variant="subtle" onClick={() => undoAct(id)}>
            {t('common:undo')}
          </Button>
        </span>
      ),
    });
  };

  return (
    <Dialog open={open} title={t('close.title')} width={440} onClose={onDone}>
      <CloseForm ticket={ticket} onCancel={onDone} onClose={hold} />
    </Dialog>
  );
}

type FormProps = { ticket: Ticket; onCancel: () => void; onClose: (body: CloseBody) => void };

function CloseForm({ ticket, onCancel, onClose }: FormProps) {
  const { t } = useTranslation(['inbox', 'common', 'refused']);
  const { data } = useCatalogue();
  const [reasonId, setReasonId] = useState<number>();
  const [edited, setEdited] = useState<string>();
  const [missing, setMissing] = useState(false);

  const reasons = (data?.close_reasons ?? []).filter(({ is_active }) => is_active);
  const reason = reasons.find(({ id }) => id === reasonId);
  const needsReason = data?.closing.requires_reason ?? true;
  const unreachable = usePassed(ticket.window_ends_at);
  const isDecided = reason !== undefined || !needsReason;
  const goodbye = useQuery({
    ...goodbyeQuery(ticket.id, reasonId),
    enabled: isDecided && !unreachable,
  });
  const forced = reason?.forces_message ?? false;
  const message = edited ?? goodbye.data?.message ?? '';

  const submit = () => {
    if (!reason && needsReason) {
      setMissing(true);
      return;
    }
    onClose({
      ...(reason ? { reason_id: reason.id } : {}),
      ...(edited === undefined ? {} : { message: edited.trim() }),
    });
  };

  return (
    <form
      className={classes.form}
      aria-label={t('close.title')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Select
        data-autofocus
        searchable
        openOnFocus={false}
        clearable={!needsReason}
        label={t('close.reason')}
        placeholder={t(needsReason ? 'close.reason_placeholder' : 'close.reason_optional')}
        nothingFoundMessage={t('close.no_reason')}
        comboboxProps={{ withinPortal: true }}
        data={reasons.map(({ id, name: label }) => ({ value: String(id), label }))}
        filter={({ options, search }) =>
          options.filter(
            (option) => 'label' in option && plain(option.label).includes(plain(search)),
          )
        }
        value={reasonId === undefined ? null : String(reasonId)}
        error={missing ? t('refused:reason_required') : null}
        onChange={(value) => {
          setReasonId(value === null ? undefined : Number(value));
          setEdited(undefined);
          setMissing(false);
        }}
      />
      {unreachable ? (
        <p className={classes.warn}>{t('close.unreachable')}</p>
      ) : (
        <Textarea
          label={t('close.message')}
          description={t(
            forced ? 'close.message_forced' : message ? 'close.message_hint' : 'close.message_none',
          )}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2000}
          readOnly={forced}
          disabled={!isDecided || goodbye.isPending}
          value={message}
          onChange={({ currentTarget: { value } }) => setEdited(value)}
        />
      )}
      <div className={classes.acts}>
        <Button variant="subtle" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit">{t('act.close')}</Button>
      </div>
    </form>
  );
}
