import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalState } from '@/lib/refusal';
import { useShortcuts } from '@/lib/shortcuts';
import { IconButton } from '@/ui/IconButton';
import { ticketQuery } from '../api';
import { ContactPanel } from './ContactPanel';
import classes from './panel.module.css';

const route = getRouteApi('/in/atendimentos/$ticketId/contato');

/** The panel as a page of its own, for phones; the browser's back leads to the conversation. */
export function ContactPage() {
  const { t } = useTranslation('inbox');
  const { ticketId } = route.useParams();
  const navigate = useNavigate();
  const ticket = useQuery(ticketQuery(Number(ticketId)));
  const toConversation = () =>
    void navigate({ to: paths.ticket, params: { ticketId }, search: (place) => place });
  useShortcuts({ back: toConversation });

  return (
    <main className={classes.phone} id="content" tabIndex={-1}>
      <header>
        <IconButton size={44} label={t('panel.back')} onClick={toConversation}>
          <IconBack size={20} stroke={1.75} />
        </IconButton>
        <h1>{t('panel.label')}</h1>
      </header>
      {ticket.data && <ContactPanel ticket={ticket.data} />}
      {ticket.isError && !ticket.data && (
        <RefusalState error={ticket.error} onRetry={() => void ticket.refetch()} />
      )}
    </main>
  );
}
