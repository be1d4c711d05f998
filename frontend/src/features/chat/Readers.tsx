import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { Dialog } from '@/ui/Dialog';
import { readersQuery, type Chat } from './api';
import classes from './chat.module.css';

/** Who has read the last notice, and who has not. */
export function Readers({ chat }: { chat: Chat }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...readersQuery(chat.id), enabled: open });
  if (chat.last_seq === 0) return null;
  return (
    <>
      <Button variant="default" ml="auto" onClick={() => setOpen(true)}>
        {t('readers')}
      </Button>
      <Dialog open={open} title={t('readers')} width={420} onClose={() => setOpen(false)}>
        <ul className={classes.readers}>
          {(data?.data ?? []).map(({ member_id, name, read_seq, read_at }) => (
            <li key={member_id}>
              <span className="cut">{name}</span>
              <small className="num">
                {read_seq >= chat.last_seq
                  ? read_at
                    ? t('read_at', { when: format.moment(read_at) })
                    : t('read')
                  : t('not_read')}
              </small>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
