import { Menu } from '@mantine/core';
import IconBot from '@tabler/icons-react/dist/esm/icons/IconRobot.mjs';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { useReturn, type ReturnMode } from './api';

const MODES: readonly ReturnMode[] = ['resume', 'restart'];

/** Gives a ticket to the bot again: it asks once more what it asked, or begins from the start. */
export function ReturnItems({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('acts');
  const giveBack = useReturn(ticket.id);

  return MODES.map((mode) => (
    <Menu.Item
      key={mode}
      leftSection={<IconBot size={16} stroke={1.75} />}
      onClick={() =>
        giveBack.mutate(mode, {
          onSuccess: () => void toast({ message: t('return.done') }),
          onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
        })
      }
    >
      {t(`return.${mode}`)}
    </Menu.Item>
  ));
}
