import { useTranslation } from 'react-i18next';
import { endStarting, type Starting } from '@/lib/starting';
import { Dialog } from '@/ui/Dialog';
import { StartForm } from './StartForm';

/** Writing first: to a contact, or to a number that nobody wrote from yet. */
export function StartHost({ starting }: { starting: Starting }) {
  const { t } = useTranslation('start');
  return (
    <Dialog open title={t('title')} width={480} onClose={endStarting}>
      <StartForm contact={starting.contact} />
    </Dialog>
  );
}
