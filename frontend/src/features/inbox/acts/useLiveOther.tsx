import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { dropToast, toast } from '@/lib/toast';

const ID = 'live other';

/** Why a ticket was not opened again, and the way to the one that is open, for whoever sees it. */
export function useLiveOther() {
  const { t } = useTranslation('acts');
  const navigate = useNavigate();

  return (thrown: unknown) => {
    const refusal = asRefusal(thrown);
    const { ticket_id, protocol } = refusal.problem;
    const open = () => {
      dropToast(ID);
      void navigate({
        to: paths.ticket,
        params: { ticketId: String(ticket_id) },
        search: (place) => ({ ...place, at: undefined, peek: undefined }),
      });
    };
    toast({
      id: ID,
      tone: 'bad',
      message: (
        <span>
          {sayRefusal(refusal)}
          {ticket_id !== undefined && (
            <Button size="xs" variant="subtle" onClick={open}>
              {t('live_other', { protocol: protocol ?? '' })}
            </Button>
          )}
        </span>
      ),
    });
  };
}
