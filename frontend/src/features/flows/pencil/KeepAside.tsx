import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { toast } from '@/lib/toast';
import { useNewFlow } from '../api';
import { useEditor } from '../editor';

const NAME_MAX = 80;

/** What cannot be saved in its place becomes a flow of its own, to be looked at and copied from. */
export function KeepAside() {
  const { t } = useTranslation('flows');
  const can = useCan();
  const navigate = useNavigate();
  const { document } = useEditor();
  const make = useNewFlow();
  if (!can('flows.edit')) return null;
  const tail = t('pencil.aside_tail');
  const name = `${Array.from(document.name)
    .slice(0, NAME_MAX - tail.length - 1)
    .join('')} ${tail}`;
  const keep = () =>
    make.mutate(
      { name, document },
      {
        onSuccess: ({ id }) => {
          toast({ message: t('pencil.kept_aside', { name }) });
          void navigate({
            to: paths.flow,
            params: { flowId: String(id) },
            ignoreBlocker: true,
          });
        },
        onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
      },
    );
  return (
    <Button variant="default" loading={make.isPending} onClick={keep}>
      {t('pencil.aside')}
    </Button>
  );
}
