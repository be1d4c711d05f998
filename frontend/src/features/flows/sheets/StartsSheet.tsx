import { Button, Select, TextInput } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asRefusal } from '@/api/refusal';
import { RefusalLine, RefusalState } from '@/lib/refusal';
import { useCan } from '@/lib/session';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { IconButton } from '@/ui/IconButton';
import {
  catalogueQuery,
  flowsQuery,
  startsQuery,
  useSaveStarts,
  type Start,
  type Wish,
} from '../api';
import { useEditor } from '../editor';
import {
  KINDS,
  isAnywhere,
  isOfDepartment,
  isWritten,
  keyOf,
  maxOf,
  wishOf,
} from '../model/starts';
import { FindingLine } from './FindingLine';
import { Sheet } from './Sheet';
import { Waiting } from './Waiting';
import classes from '../flows.module.css';

/** What begins this flow. Each channel, department, first text, advertisement and link begins one flow of the account. */
export function StartsSheet() {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const starts = useQuery(startsQuery);
  const save = useSaveStarts();
  const can = useCan();
  const all = starts.data?.starts;
  const mine = all?.filter(({ flow_id }) => flow_id === flow.id) ?? [];
  const agents = starts.data?.agents ?? [];
  const outside = agents.filter(({ outside_flow_id }) => outside_flow_id === flow.id);
  const findings = save.error ? asRefusal(save.error).problem.findings : undefined;
  const mayChange = can('flows.publish');
  return (
    <Sheet title={t('starts.title')} sub={t('starts.sub')}>
      {starts.isError && (
        <RefusalState error={starts.error} onRetry={() => void starts.refetch()} />
      )}
      {starts.isPending && <Waiting />}
      {all && mine.length + outside.length === 0 && (
        <div className={classes.brief}>
          <EmptyState tile={false} title={t('starts.none')} text={t('starts.none_text')} />
        </div>
      )}
      <ul className={classes.starts} aria-label={t('starts.title')}>
        {mine.map((start) => (
          <StartRow
            key={keyOf(start)}
            start={start}
            onRemove={
              mayChange ? () => save.mutate(all?.filter((one) => one !== start) ?? []) : undefined
            }
          />
        ))}
        {outside.map(({ name }) => (
          <li key={name}>{t('starts.outside_of', { agent: name })}</li>
        ))}
      </ul>
      <RefusalLine error={save.error} />
      {findings && (
        <ul className={classes.findings} aria-label={t('check')}>
          {findings.map((finding, at) => (
            <FindingLine key={at} finding={finding} />
          ))}
        </ul>
      )}
      {mayChange && !flow.live && <p className={classes.notice}>{t('starts.publish_first')}</p>}
      {mayChange && flow.live && all && (
        <NewStart
          starts={all}
          agents={agents.map(({ name }) => name)}
          saving={save.isPending}
          onAdd={(wish, rest) => save.mutateAsync([...rest, wish])}
        />
      )}
    </Sheet>
  );
}

function useNames() {
  const { data } = useQuery(catalogueQuery);
  return {
    channels: data?.channels.filter(({ is_active }) => is_active) ?? [],
    departments: data?.departments.filter(({ is_active }) => is_active) ?? [],
  };
}

function StartRow({ start, onRemove }: { start: Start; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation('flows');
  const { channels, departments } = useNames();
  const channel = channels.find(({ id }) => id === start.channel_id)?.name;
  const department = departments.find(({ id }) => id === start.department_id)?.name;
  const said = {
    channel: t('starts.at_channel', { channel: channel ?? '?' }),
    department: t('starts.at_department', { department: department ?? '?' }),
    survey: start.department_id
      ? t('starts.at_survey', { department: department ?? '?' })
      : t('starts.at_survey_anywhere'),
    first_text: t(channel ? 'starts.at_text' : 'starts.at_text_anywhere', {
      text: start.first_text ?? '',
      channel: channel ?? '',
    }),
    ad: t(channel ? 'starts.at_ad' : 'starts.at_ad_anywhere', {
      ad: start.ad_id ?? '',
      channel: channel ?? '',
    }),
    link: t(channel ? 'starts.at_link' : 'starts.at_link_anywhere', {
      ref: start.ref ?? '',
      channel: channel ?? '',
    }),
  }[start.kind];
  return (
    <li>
      <span>
        {said}
        {start.agent !== null && ` · ${start.agent}`}
      </span>
      {onRemove && (
        <IconButton size={32} label={t('starts.remove', { start: said })} onClick={onRemove}>
          <IconTrash size={16} stroke={1.75} />
        </IconButton>
      )}
    </li>
  );
}

type NewProps = {
  starts: Start[];
  agents: string[];
  saving: boolean;
  onAdd: (wish: Wish, rest: Start[]) => Promise<unknown>;
};

function NewStart({ starts, agents, saving, onAdd }: NewProps) {
  const { t } = useTranslation('flows');
  const { flow } = useEditor();
  const { channels, departments } = useNames();
  const { data: flows } = useQuery(flowsQuery(''));
  const [kind, setKind] = useState<Wish['kind']>('channel');
  const [where, setWhere] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [agent, setAgent] = useState<string | null>(null);
  const id = where === null ? null : Number(where);
  const wish = wishOf({ kind, flow_id: flow.id, place: id, text, agent });
  /* The same place or word cannot begin two: the newer wish takes it over, and says from whom. Of sentences only the server knows
     which are the same. */
  const before =
    wish && kind !== 'first_text' ? starts.find((one) => keyOf(one) === keyOf(wish)) : undefined;
  const other =
    before && flows?.data.find((one) => one.id === before.flow_id && one.id !== flow.id);
  return (
    <form
      className={classes.newStart}
      aria-label={t('starts.new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wish) return;
        void onAdd(
          wish,
          starts.filter((one) => one !== before),
        ).then(
          () => {
            setWhere(null);
            setText('');
          },
          () => undefined,
        );
      }}
    >
      <h3>{t('starts.new')}</h3>
      <Select
        label={t('starts.kind')}
        allowDeselect={false}
        data={KINDS.map((value) => ({ value, label: t(`starts.kinds.${value}`) }))}
        value={kind}
        onChange={(next) => {
          if (!next) return;
          setKind(next);
          setWhere(null);
          setText('');
        }}
      />
      {isWritten(kind) && (
        <TextInput
          label={t(`starts.written.${kind}`)}
          description={t(`starts.hints.${kind}`)}
          maxLength={maxOf(kind)}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
      )}
      <Select
        label={t(isOfDepartment(kind) ? 'starts.department' : 'starts.channel')}
        {...(isAnywhere(kind)
          ? {
              description: t(isOfDepartment(kind) ? 'starts.any_department' : 'starts.any_channel'),
            }
          : {})}
        clearable={isAnywhere(kind)}
        data={(isOfDepartment(kind) ? departments : channels).map(({ id: value, name }) => ({
          value: String(value),
          label: name,
        }))}
        value={where}
        onChange={setWhere}
      />
      {agents.length > 0 && !isOfDepartment(kind) && (
        <Select
          label={t('starts.agent')}
          description={t('starts.agent_hint')}
          clearable
          data={agents}
          value={agent}
          onChange={setAgent}
        />
      )}
      {other && <Chip tone="warn">{t('starts.taken', { flow: other.name })}</Chip>}
      <Button type="submit" variant="default" loading={saving} disabled={!wish}>
        {t('starts.add')}
      </Button>
    </form>
  );
}
