import IconOn from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconOff from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { useFormat } from '@/lib/session';
import { ChannelMark } from '@/ui/ChannelMark';
import { Chip } from '@/ui/Chip';
import type { Flow } from './api';
import { FindingCount } from './FindingCount';
import { sayWord } from './words';
import classes from './flows.module.css';

/** Does it speak to customers? In a word. */
export function FlowState({ flow }: { flow: Flow }) {
  const { t } = useTranslation('flows');
  if (!flow.live) return <Chip>{t('never_live')}</Chip>;
  if (!flow.is_enabled)
    return (
      <Chip tone="warn" icon={<IconOff size={14} stroke={1.75} />}>
        {t('off')}
      </Chip>
    );
  return (
    <Chip tone="ok" icon={<IconOn size={14} stroke={1.75} />}>
      {t('live', { number: flow.live.number })}
    </Chip>
  );
}

/** One flow as the list shows it: what is live, what is being written, who talks to it. */
export function FlowRow({ flow }: { flow: Flow }) {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { draft, channels, run_count, start_count } = flow;
  const facts = [
    draft.is_changed
      ? t('draft_changed', { at: format.moment(draft.saved_at) })
      : t('draft_same', { at: format.moment(draft.saved_at) }),
    run_count > 0 ? t('runs', { count: run_count }) : t('no_runs'),
    ...(start_count > 0 ? [t('begun_by', { count: start_count })] : [t('begun_by_nothing')]),
  ];
  return (
    <Link to={paths.flow} params={{ flowId: String(flow.id) }} className={classes.flow}>
      <b className="cut">{flow.name}</b>
      <span className={classes.marks}>
        {channels.map((kind) => (
          <span key={kind} title={sayWord('channels', kind)}>
            <ChannelMark kind={kind === 'telephony' ? 'phone' : kind} size={16} />
            <span className={classes.heard}>{sayWord('channels', kind)}</span>
          </span>
        ))}
      </span>
      <span className={classes.states}>
        <FlowState flow={flow} />
        <FindingCount errors={draft.error_count} warnings={draft.warning_count} />
      </span>
      <small className="num">{facts.join(' · ')}</small>
    </Link>
  );
}
