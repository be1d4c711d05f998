import { Menu } from '@mantine/core';
import IconAssign from '@tabler/icons-react/dist/esm/icons/IconUserShare.mjs';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import IconClassify from '@tabler/icons-react/dist/esm/icons/IconCategory.mjs';
import IconExport from '@tabler/icons-react/dist/esm/icons/IconFileExport.mjs';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconMerge from '@tabler/icons-react/dist/esm/icons/IconArrowMerge.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconPriority from '@tabler/icons-react/dist/esm/icons/IconFlag.mjs';
import IconReopen from '@tabler/icons-react/dist/esm/icons/IconRotateClockwise.mjs';
import IconSelect from '@tabler/icons-react/dist/esm/icons/IconSelect.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconStarOff from '@tabler/icons-react/dist/esm/icons/IconStarOff.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import IconWhy from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { paths } from '@/lib/paths';
import { sayRefusal } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { useShown } from '@/lib/shortcuts';
import { toast } from '@/lib/toast';
import type { Ticket } from '../api';
import { useFavouriteMark } from '../favourites';
import { startAct } from '../model/acting';
import { toggleSelected, useSelection } from '../model/selection';
import { firstName, useNames } from '../names';
import { useHandBack, useReopen, useUnread, useWake } from './api';
import { ReturnItems } from './ReturnItems';
import { useLiveOther } from './useLiveOther';

const ICON = { size: 16, stroke: 1.75 } as const;

const sayWhy = (thrown: unknown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' });

type Props = { ticket: Ticket; selectable?: boolean };

/** What one may do with a ticket beside answering it and passing it on: in its head and on its row. */
export function ActItems({ ticket, selectable = false }: Props) {
  const { t } = useTranslation('acts');
  const can = useCan();
  const names = useNames();
  const navigate = useNavigate();
  const { marked, toggle } = useFavouriteMark(ticket.id);
  const wake = useWake(ticket.id);
  const unread = useUnread(ticket.id);
  const reopen = useReopen(ticket.id);
  const handBack = useHandBack(ticket.id);
  const liveOther = useLiveOther();
  const selected = useSelection().has(ticket.id);
  const closed = ticket.state === 'closed';
  const mine = ticket.assignee_id === names.me && ticket.state === 'serving';
  const former = names.member(ticket.taken_from_id);

  const say = (message: string) => ({ onSuccess: () => void toast({ message }), onError: sayWhy });
  const shown = useShown();
  const hint = (key: 'snooze' | 'favourite' | 'tag') => <kbd>{shown(key)}</kbd>;

  return (
    <>
      {selectable && can('tickets.bulk') && (
        <Menu.Item
          leftSection={<IconSelect {...ICON} />}
          rightSection={<kbd>{shown('select')}</kbd>}
          onClick={() => toggleSelected(ticket.id)}
        >
          {t(selected ? 'unselect' : 'select')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={marked ? <IconStarOff {...ICON} /> : <IconStar {...ICON} />}
        rightSection={hint('favourite')}
        onClick={toggle}
      >
        {t(marked ? 'unfavourite' : 'favourite')}
      </Menu.Item>
      {can('tickets.tag') && (
        <Menu.Item
          leftSection={<IconTag {...ICON} />}
          rightSection={hint('tag')}
          onClick={() => startAct({ kind: 'tags', ticket })}
        >
          {t('tags')}
        </Menu.Item>
      )}
      {!closed && can('tickets.snooze') && (
        <Menu.Item
          leftSection={<IconMoon {...ICON} />}
          rightSection={hint('snooze')}
          onClick={() => startAct({ kind: 'snooze', ticket })}
        >
          {t('snooze')}
        </Menu.Item>
      )}
      {ticket.snoozed_until !== null && can('tickets.snooze') && (
        <Menu.Item
          leftSection={<IconMoon {...ICON} />}
          onClick={() => wake.mutate(undefined, say(t('done.wake')))}
        >
          {t('wake')}
        </Menu.Item>
      )}
      {can('tickets.classify') && (
        <Menu.Item
          leftSection={<IconClassify {...ICON} />}
          onClick={() => startAct({ kind: 'classify', ticket })}
        >
          {t('classify')}
        </Menu.Item>
      )}
      {!closed && can('tickets.assign') && (
        <Menu.Item
          leftSection={<IconAssign {...ICON} />}
          onClick={() => startAct({ kind: 'assign', ticket })}
        >
          {t('assign')}
        </Menu.Item>
      )}
      {!closed && can('tickets.prioritize') && (
        <Menu.Item
          leftSection={<IconPriority {...ICON} />}
          onClick={() => startAct({ kind: 'priority', ticket })}
        >
          {t('prioritize')}
        </Menu.Item>
      )}
      {can('tickets.merge') && ticket.merged_into === null && (
        <Menu.Item
          leftSection={<IconMerge {...ICON} />}
          onClick={() => startAct({ kind: 'merge', ticket })}
        >
          {t('merge')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconWhy {...ICON} />}
        onClick={() => startAct({ kind: 'why', ticket })}
      >
        {t('why')}
      </Menu.Item>
      {!closed && ticket.unread_count === 0 && (
        <Menu.Item
          leftSection={<IconMail {...ICON} />}
          onClick={() => {
            unread.mutate(undefined, say(t('done.unread')));
            /* Whoever keeps looking at it reads it again. */
            void navigate({
              to: paths.inbox,
              search: (place) => ({ ...place, at: undefined, peek: undefined }),
            });
          }}
        >
          {t('unread')}
        </Menu.Item>
      )}
      {!mine && !closed && can('tickets.peek') && (
        <Menu.Item
          leftSection={<IconEye {...ICON} />}
          onClick={() =>
            void navigate({
              to: paths.ticket,
              params: { ticketId: String(ticket.id) },
              search: (place) => ({ ...place, at: undefined, peek: true }),
            })
          }
        >
          {t('peek')}
        </Menu.Item>
      )}
      {can('tickets.transcript') && (
        <Menu.Item
          leftSection={<IconExport {...ICON} />}
          onClick={() => startAct({ kind: 'transcript', ticket })}
        >
          {t('transcript.open')}
        </Menu.Item>
      )}
      {mine && can('tickets.take_over') && (
        <Menu.Item
          leftSection={<IconBack {...ICON} />}
          onClick={() => handBack.mutate(undefined, say(t('done.hand_back')))}
        >
          {former ? t('hand_back', { name: firstName(former) }) : t('hand_back_queue')}
        </Menu.Item>
      )}
      {['waiting', 'serving'].includes(ticket.state) && can('tickets.transfer') && (
        <ReturnItems ticket={ticket} />
      )}
      {closed && ticket.merged_into === null && can('tickets.reopen') && (
        <Menu.Item
          leftSection={<IconReopen {...ICON} />}
          onClick={() =>
            reopen.mutate(undefined, {
              onSuccess: () => void toast({ message: t('done.reopen') }),
              onError: liveOther,
            })
          }
        >
          {t('reopen')}
        </Menu.Item>
      )}
    </>
  );
}
