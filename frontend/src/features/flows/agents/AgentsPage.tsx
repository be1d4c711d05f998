import { Button, Skeleton, Switch } from '@mantine/core';
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import form from '@/lib/panes/form.module.css';
import { WholePage } from '@/lib/panes/WholePage';
import { usePageMark } from '@/lib/page-mark';
import { paths } from '@/lib/paths';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Delayed } from '@/ui/Delayed';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import { startsQuery, useSaveBeginnings, type Agent, type Beginnings } from '../api';
import { linesOf, startsOf, switched, withoutAgent } from '../model/agents';
import { AgentDialog } from './AgentDialog';
import { useAgentNames } from './names';
import classes from './agents.module.css';

type Open = { agent?: Agent } | undefined;

/** Who answers customers: each with its channels, one switch, and what answers outside of its hours. */
export function AgentsPage() {
  const { t } = useTranslation('flows');
  const can = useCan();
  const starts = useQuery(startsQuery);
  const [open, setOpen] = useState<Open>();
  const [removing, setRemoving] = useState<Agent>();
  const mayChange = can('flows.publish');
  const agents = starts.data?.agents;
  usePageMark(t('agents.title'), 0);
  const begin = (
    <Button
      leftSection={<IconPlus size={16} stroke={1.75} />}
      disabled={!starts.data}
      onClick={() => setOpen({})}
    >
      {t('agents.new')}
    </Button>
  );
  return (
    <WholePage
      title={t('agents.title')}
      heading="h1"
      sub={<p>{t('agents.lead')}</p>}
      act={
        <div className={classes.acts}>
          <Button variant="default" component={Link} to={paths.flows}>
            {t('title')}
          </Button>
          {mayChange && begin}
        </div>
      }
    >
      <div className="scrolls">
        {starts.isError && !starts.data && (
          <RefusalState error={starts.error} onRetry={() => void starts.refetch()} />
        )}
        {starts.isPending && (
          <Delayed>
            <div className={classes.waiting}>
              <Skeleton height={64} mb={16} />
              <Skeleton height={64} />
            </div>
          </Delayed>
        )}
        {agents?.length === 0 && (
          <EmptyState
            title={t('agents.none')}
            text={t('agents.none_text')}
            action={mayChange && begin}
          />
        )}
        {starts.data && agents && agents.length > 0 && (
          <ul aria-label={t('agents.title')}>
            {agents.map((agent) => (
              <AgentRow
                key={agent.name}
                all={starts.data}
                agent={agent}
                {...(mayChange
                  ? { onEdit: () => setOpen({ agent }), onRemove: () => setRemoving(agent) }
                  : {})}
              />
            ))}
          </ul>
        )}
      </div>
      {starts.data && (
        <>
          <AgentDialog all={starts.data} open={open} onClose={() => setOpen(undefined)} />
          <RemoveAgent all={starts.data} agent={removing} onClose={() => setRemoving(undefined)} />
        </>
      )}
    </WholePage>
  );
}

type RowProps = { all: Beginnings; agent: Agent; onEdit?: () => void; onRemove?: () => void };

function AgentRow({ all, agent, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation('flows');
  const names = useAgentNames();
  const save = useSaveBeginnings();
  const { name, is_on, period_id, outside_flow_id } = agent;
  const lines = linesOf(all, name);
  const more = startsOf(all, name).length - lines.length;
  return (
    <li className={classes.agent}>
      <div className={classes.what}>
        <h2 className="cut">{name}</h2>
        <ul className={classes.lines} aria-label={t('agents.lines')}>
          {lines.map(({ channel_id, flow_id }) => (
            <li key={channel_id}>
              {t('agents.line', { channel: names.channel(channel_id), flow: names.flow(flow_id) })}
            </li>
          ))}
          {more > 0 && <li>{t('agents.more', { count: more })}</li>}
          {lines.length === 0 && more === 0 && <li>{t('agents.nowhere')}</li>}
          {outside_flow_id !== null && (
            <li>
              {t('agents.outside_is', {
                period: names.period(period_id),
                flow: names.flow(outside_flow_id),
              })}
            </li>
          )}
        </ul>
        <RefusalLine error={save.error} />
      </div>
      <Switch
        label={t(is_on ? 'agents.on' : 'agents.off')}
        aria-label={t('agents.switch', { name })}
        checked={is_on}
        disabled={!onEdit || save.isPending}
        onChange={({ currentTarget: { checked } }) => save.mutate(switched(all, name, checked))}
      />
      {onEdit && (
        <IconButton label={t('agents.edit', { name })} onClick={onEdit}>
          <IconPencil size={18} stroke={1.75} />
        </IconButton>
      )}
      {onRemove && (
        <IconButton label={t('agents.remove', { name })} onClick={onRemove}>
          <IconTrash size={18} stroke={1.75} />
        </IconButton>
      )}
    </li>
  );
}

type RemoveProps = { all: Beginnings; agent: Agent | undefined; onClose: () => void };

function RemoveAgent({ all, agent, onClose }: RemoveProps) {
  const { t } = useTranslation(['flows', 'common']);
  const save = useSaveBeginnings();
  return (
    <Dialog
      open={agent !== undefined}
      title={t('agents.remove', { name: agent?.name ?? '' })}
      width={420}
      onClose={onClose}
    >
      <p>{t('agents.remove_text')}</p>
      <RefusalLine error={save.error} />
      <div className={form.acts}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          loading={save.isPending}
          onClick={() =>
            agent && save.mutate(withoutAgent(all, agent.name), { onSuccess: onClose })
          }
        >
          {t('remove')}
        </Button>
      </div>
    </Dialog>
  );
}
