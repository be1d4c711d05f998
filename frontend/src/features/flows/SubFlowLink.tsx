import IconOpen from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { flowsQuery } from './api';
import type { Card } from './model/document';
import classes from './flows.module.css';

/** The flow that a card goes on in, one click away. */
export function SubFlowLink({ card, tabIndex = 0 }: { card: Card; tabIndex?: number }) {
  return card.type === 'run_flow' && typeof card.settings.flow === 'string' ? (
    <Found flow={card.settings.flow} tabIndex={tabIndex} />
  ) : null;
}

function Found({ flow: ref, tabIndex }: { flow: string; tabIndex: number }) {
  const { t } = useTranslation('flows');
  const { data } = useQuery(flowsQuery(''));
  const flow = data?.data.find(({ key }) => `flow:${key}` === ref);
  if (!flow) return null;
  return (
    <Link
      to={paths.flow}
      params={{ flowId: String(flow.id) }}
      className={classes.subflow}
      aria-label={t('canvas.open_flow', { name: flow.name })}
      title={t('canvas.open_flow', { name: flow.name })}
      tabIndex={tabIndex}
    >
      <IconOpen size={16} stroke={1.75} aria-hidden />
    </Link>
  );
}
