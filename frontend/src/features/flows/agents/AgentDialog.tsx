import { Button, Select, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import form from '@/lib/panes/form.module.css';
import { RefusalLine } from '@/lib/refusal';
import { Dialog } from '@/ui/Dialog';
import { IconButton } from '@/ui/IconButton';
import { useSaveBeginnings, type Agent, type Beginnings } from '../api';
import {
  isWhole,
  linesOf,
  takenFrom,
  withAgent,
  type AgentDraft,
  type Line,
} from '../model/agents';
import { FindingLine } from '../sheets/FindingLine';
import { useAgentNames } from './names';
import classes from './agents.module.css';

const NAME_MAX = 60;

type Props = { all: Beginnings; open: { agent?: Agent } | undefined; onClose: () => void };

/** One agent: what it is called, where it answers with what, and what answers outside of its hours. */
export function AgentDialog({ all, open, onClose }: Props) {
  const { t } = useTranslation('flows');
  const name = open?.agent?.name;
  return (
    <Dialog
      open={open !== undefined}
      title={name === undefined ? t('agents.new') : t('agents.edit', { name })}
      width={600}
      onClose={onClose}
    >
      <AgentForm key={name ?? ''} all={all} agent={open?.agent} onClose={onClose} />
    </Dialog>
  );
}

type FormProps = { all: Beginnings; agent: Agent | undefined; onClose: () => void };

const NEW: AgentDraft = {
  name: '',
  is_on: true,
  period_id: null,
  outside_flow_id: null,
  lines: [{ channel_id: 0, flow_id: 0 }],
};

const asOptions = (list: readonly { id: number; name: string }[]) =>
  list.map(({ id, name }) => ({ value: String(id), label: name }));
const asValue = (id: number | null) => (id ? String(id) : null);
const asId = (value: string | null) => (value === null ? null : Number(value));

function AgentForm({ all, agent, onClose }: FormProps) {
  const { t } = useTranslation(['flows', 'common']);
  const names = useAgentNames();
  const save = useSaveBeginnings();
  const before = agent?.name;
  const [draft, setDraft] = useState<AgentDraft>(() =>
    agent ? { ...agent, lines: linesOf(all, agent.name) } : NEW,
  );
  const change = (part: Partial<AgentDraft>) => setDraft({ ...draft, ...part });
  const taken = takenFrom(all, before, draft.lines);
  const findings = save.error ? asRefusal(save.error).problem.findings : undefined;
  return (
    <form
      className={form.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(withAgent(all, before, { ...draft, name: draft.name.trim() }), {
          onSuccess: onClose,
        });
      }}
    >
      <TextInput
        label={t('agents.name')}
        description={t('agents.name_hint')}
        maxLength={NAME_MAX}
        required
        data-autofocus
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change({ name: value })}
      />
      <Lines lines={draft.lines} onChange={(lines) => change({ lines })} />
      {taken.length > 0 && (
        <p className={classes.notice}>
          {t('agents.taken', {
            channels: taken.map(({ channel_id }) => names.channel(channel_id)).join(', '),
          })}
        </p>
      )}
      <div className={classes.pair}>
        <Select
          label={t('agents.period')}
          description={t('agents.period_hint')}
          clearable
          data={asOptions(names.periods)}
          value={asValue(draft.period_id)}
          onChange={(value) =>
            change({
              period_id: asId(value),
              ...(value === null ? { outside_flow_id: null } : {}),
            })
          }
        />
        {draft.period_id !== null && (
          <Select
            label={t('agents.outside')}
            description={t('agents.outside_hint')}
            required
            searchable
            data={asOptions(names.flows)}
            value={asValue(draft.outside_flow_id)}
            onChange={(value) => change({ outside_flow_id: asId(value) })}
          />
        )}
      </div>
      <RefusalLine error={save.error} />
      {findings && (
        <ul className={classes.findings} aria-label={t('check')}>
          {findings.map((finding, at) => (
            <FindingLine key={at} finding={finding} />
          ))}
        </ul>
      )}
      <div className={form.acts}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!isWhole(draft)}>
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}

type LinesProps = { lines: Line[]; onChange: (lines: Line[]) => void };

function Lines({ lines, onChange }: LinesProps) {
  const { t } = useTranslation('flows');
  const { channels, flows } = useAgentNames();
  const set = (at: number, part: Partial<Line>) =>
    onChange(lines.map((line, n) => (n === at ? { ...line, ...part } : line)));
  return (
    <fieldset className={classes.fieldset}>
      <legend>{t('agents.lines')}</legend>
      {lines.map(({ channel_id, flow_id }, at) => (
        <div key={at} className={classes.line}>
          <Select
            aria-label={t('agents.channel_of', { number: at + 1 })}
            placeholder={t('agents.channel')}
            searchable
            data={asOptions(
              channels.filter(
                ({ id }) => id === channel_id || !lines.some((line) => line.channel_id === id),
              ),
            )}
            value={asValue(channel_id)}
            onChange={(value) => set(at, { channel_id: asId(value) ?? 0 })}
          />
          <Select
            className={classes.begun}
            aria-label={t('agents.flow_of', { number: at + 1 })}
            placeholder={t('agents.flow')}
            searchable
            data={asOptions(flows)}
            value={asValue(flow_id)}
            onChange={(value) => set(at, { flow_id: asId(value) ?? 0 })}
          />
          <IconButton
            label={t('agents.remove_line', { number: at + 1 })}
            onClick={() => onChange(lines.filter((_, n) => n !== at))}
          >
            <IconTrash size={16} stroke={1.75} />
          </IconButton>
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        onClick={() => onChange([...lines, { channel_id: 0, flow_id: 0 }])}
      >
        {t('agents.add_line')}
      </Button>
    </fieldset>
  );
}
