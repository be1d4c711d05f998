import { Button, Menu } from '@mantine/core';
import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import IconPanel from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebarRight.mjs';
import IconSwap from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs';
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copy';
import { bringWords } from '@/lib/i18n';
import { sayRefusal } from '@/lib/refusal';
import { asRefusal } from '@/api/refusal';
import { useCan, useFormat } from '@/lib/session';
import { toast } from '@/lib/toast';
import { ChannelMark } from '@/ui/ChannelMark';
import { IconButton } from '@/ui/IconButton';
import { useTakeTicket, type Ticket } from './api';
import { firstName, networkName, useNames, usePersonName } from './names';
import { PriorityMark } from './PriorityMark';
import { TagMarks } from './tags/TagMark';
import classes from './inbox.module.css';

const ActItems = lazy(async () => {
  await bringWords('acts');
  return { default: (await import('./acts/ActItems')).ActItems };
});

const Promises = lazy(async () => {
  await bringWords('timers');
  return { default: (await import('./sla/Promises')).Promises };
});

const ICON = { size: 18, stroke: 1.75 } as const;
const SMALL = { size: 16, stroke: 1.75 } as const;

const WIDE = {
  className: classes.wide,
  classNames: { label: classes.word, section: classes.glyph },
} as const;

type Props = {
  ticket: Ticket;
  panelOpen: boolean;
  onBack: () => void;
  onPanel: () => void;
  onTransfer: () => void;
  onClose: () => void;
};

export function ConversationHead(props: Props) {
  const { ticket, panelOpen, onBack, onPanel, onTransfer, onClose } = props;
  const { t } = useTranslation(['inbox', 'common']);
  const can = useCan();
  const names = useNames();
  const name = usePersonName()(ticket.contact);
  const take = useTake(ticket);
  const channel = names.channel(ticket.channel_id);
  const open = ticket.state !== 'closed';
  const mine = ticket.assignee_id === names.me;
  const mayTake =
    open && !mine && can(ticket.controller === 'queue' ? 'tickets.pick' : 'tickets.take_over');
  const mayTransfer = open && can('tickets.transfer');
  const mayClose =
    open &&
    can('tickets.close') &&
    (ticket.state !== 'surveying' || can('tickets.close_in_survey'));

  const copyProtocol = async () => {
    const copied = await copyText(ticket.protocol);
    toast({ message: copied ? t('head.protocol_copied') : t('common:copy_failed') });
  };

  return (
    <header className={classes.head} data-zone tabIndex={-1}>
      <IconButton className={classes.back} size={44} label={t('head.back')} onClick={onBack}>
        <IconBack size={20} stroke={1.75} />
      </IconButton>
      <div className={classes.who}>
        <div className={classes.nameLine}>
          <h2 className="cut">{name}</h2>
          <PriorityMark ticket={ticket} spoken />
          <TagMarks tags={names.tags(ticket.tag_ids)} most={3} label={t('tags.label')} />
        </div>
        <div className={classes.sub}>
          {channel && <ChannelMark kind={channel.kind} />}
          <span className="hidden">{networkName(channel?.kind)}</span>
          <span className={classes.channel}>{channel?.name}</span>
          <i className={classes.protocolPart} />
          <button
            type="button"
            className={`${classes.protocol} ${classes.protocolPart} num`}
            title={t('head.copy_protocol')}
            aria-label={t('head.copy_protocol_of', { protocol: ticket.protocol })}
            onClick={() => void copyProtocol()}
          >
            {ticket.protocol}
          </button>
          <i />
          <Holder ticket={ticket} />
          {ticket.sla && (
            <Suspense fallback={null}>
              <Promises ticket={ticket} sla={ticket.sla} />
            </Suspense>
          )}
        </div>
      </div>
      <div className={classes.acts}>
        {mayTake && (
          <Button
            {...WIDE}
            variant="default"
            leftSection={<IconHeadset {...SMALL} />}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {t('act.take')}
          </Button>
        )}
        {mayTransfer && (
          <Button
            {...WIDE}
            variant="default"
            leftSection={<IconSwap {...SMALL} />}
            onClick={onTransfer}
          >
            {t('act.transfer')}
          </Button>
        )}
        {mayClose && (
          <Button
            {...WIDE}
            variant="default"
            leftSection={<IconClose {...SMALL} />}
            onClick={onClose}
          >
            {t('act.close')}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton label={t('head.more')}>
              <IconDots {...ICON} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            {mayTransfer && (
              <Menu.Item leftSection={<IconSwap {...SMALL} />} onClick={onTransfer}>
                {t('act.transfer')}
              </Menu.Item>
            )}
            {mayClose && (
              <Menu.Item leftSection={<IconClose {...SMALL} />} onClick={onClose}>
                {t('act.close')}
              </Menu.Item>
            )}
            <Suspense fallback={null}>
              <ActItems ticket={ticket} />
            </Suspense>
            <Menu.Divider />
            <Menu.Item leftSection={<IconUser {...SMALL} />} onClick={onPanel}>
              {panelOpen ? t('panel.hide') : t('panel.show')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPanel {...SMALL} />} onClick={() => void copyProtocol()}>
              {t('head.copy_protocol')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}

function useTake(ticket: Ticket) {
  const { t } = useTranslation(['inbox', 'common']);
  const take = useTakeTicket(ticket.id);
  return {
    ...take,
    mutate: () =>
      take.mutate(undefined, {
        onSuccess: () => toast({ message: t('head.taken') }),
        onError: (thrown) => toast({ message: sayRefusal(asRefusal(thrown)), tone: 'bad' }),
      }),
  };
}

/** Whose turn it is, in words: with me, with a colleague, in a queue, with the bot. */
function Holder({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation(['inbox', 'common']);
  const format = useFormat();
  const names = useNames();
  const department = names.department(ticket.department_id) ?? '';
  const since = (iso: string | null) => (iso ? format.moment(iso) : '');

  const words = () => {
    if (ticket.state === 'closed') return t('holder.closed', { since: since(ticket.closed_at) });
    if (ticket.controller === 'bot') return t('holder.bot');
    if (ticket.controller === 'queue') {
      return t('holder.queue', { department, since: since(ticket.queued_at) });
    }
    if (ticket.assignee_id === names.me)
      return t('holder.me', { since: since(ticket.assigned_at) });
    return t('holder.other', {
      name: firstName(names.member(ticket.assignee_id) ?? t('somebody')),
      since: since(ticket.assigned_at),
    });
  };
  return (
    <span className={`${classes.holder} ${classes.holderPart}`}>
      <IconHeadset size={14} stroke={1.75} aria-hidden="true" />
      <span className="cut">{words()}</span>
    </span>
  );
}
