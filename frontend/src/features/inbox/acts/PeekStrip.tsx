import { Button } from '@mantine/core';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { RefusalLine } from '@/lib/refusal';
import { peekQuery } from './api';
import classes from './acts.module.css';

/** Reading along: nobody is told, the trail is. */
export function PeekStrip({ ticketId }: { ticketId: number }) {
  const { t } = useTranslation('acts');
  const navigate = useNavigate();
  const peek = useQuery(peekQuery(ticketId));
  return (
    <div className={classes.strip} role="status">
      <IconEye size={16} stroke={1.75} aria-hidden="true" />
      <span>{peek.isError ? <RefusalLine error={peek.error} /> : t('peeking')}</span>
      <Button
        size="xs"
        variant="subtle"
        onClick={() =>
          void navigate({
            to: paths.inbox,
            search: (place) => ({ ...place, at: undefined, peek: undefined }),
          })
        }
      >
        {t('stop_peeking')}
      </Button>
    </div>
  );
}
