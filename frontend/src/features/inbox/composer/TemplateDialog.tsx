import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalLine } from '@/lib/refusal';
import { TemplateChoice, type FilledTemplate } from '@/lib/templates/TemplateChoice';
import { Dialog } from '@/ui/Dialog';
import { useSendTemplate, type Ticket } from '../api';
import classes from './composer.module.css';

type Props = { ticket: Ticket; open: boolean; onClose: () => void };

/** What still reaches a customer whose window is closed. */
export function TemplateDialog(props: Props) {
  const { t } = useTranslation('inbox');
  return (
    <Dialog open={props.open} title={t('composer.template')} onClose={props.onClose}>
      <TemplateForm {...props} />
    </Dialog>
  );
}

function TemplateForm({ ticket, onClose }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const [client_key] = useState(() => crypto.randomUUID());
  const [filled, setFilled] = useState<FilledTemplate>();
  const send = useSendTemplate(ticket.id);
  return (
    <form
      className={classes.template}
      aria-label={t('inbox:composer.template')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!filled?.isWhole) return;
        const { id: template_id, params, file } = filled;
        send.mutate({ client_key, template_id, params, file }, { onSuccess: onClose });
      }}
    >
      <TemplateChoice channelId={ticket.channel_id} onChange={setFilled} />
      <RefusalLine error={send.error} />
      <div>
        <Button variant="subtle" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!filled?.isWhole} loading={send.isPending}>
          {t('inbox:composer.template')}
        </Button>
      </div>
    </form>
  );
}
