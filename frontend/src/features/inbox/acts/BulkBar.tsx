import { Button, Menu } from '@mantine/core';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import IconMailOpened from '@tabler/icons-react/dist/esm/icons/IconMailOpened.mjs';
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs';
import IconSwap from '@tabler/icons-react/dist/esm/icons/IconArrowsExchange.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/session';
import { IconButton } from '@/ui/IconButton';
import { listQuery } from '../api';
import { clearSelection } from '../model/selection';
import type { Filter } from '../place';
import type { BulkAct } from './api';
import { BulkDialog, type BulkTarget } from './BulkDialog';
import { BulkProgress } from './BulkProgress';
import { useBulk } from './useBulk';
import classes from './acts.module.css';

const ICON = { size: 18, stroke: 1.75 } as const;

const ACTS = [
  { act: 'tag', needs: 'tickets.tag', Icon: IconTag },
  { act: 'transfer', needs: 'tickets.transfer', Icon: IconSwap },
  { act: 'snooze', needs: 'tickets.snooze', Icon: IconMoon },
  { act: 'close', needs: 'tickets.close', Icon: IconClose },
] as const;

const NAMED_MAX = 50;

type Props = { chosen: ReadonlySet<number>; filter: Filter };

/** What can be done to the rows that were chosen, or to all that the filter shows. */
export function BulkBar({ chosen, filter }: Props) {
  const { t } = useTranslation('acts');
  const can = useCan();
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState<BulkAct>();
  const bulk = useBulk();
  /* A search is no filter: what it finds is chosen by hand. */
  const mayAll = filter.q === undefined;
  const everything = mayAll && (all || chosen.size > NAMED_MAX);
  const target: BulkTarget = everything
    ? {
        filter: new URLSearchParams(
          Object.entries(listQuery(filter)).map(([k, v]) => [k, String(v)]),
        ).toString(),
      }
    : { ticket_ids: [...chosen].slice(0, NAMED_MAX) };

  const ask = (act: BulkAct) => {
    if (act === 'read') bulk.start({ act, ...target });
    else setAsking(act);
  };

  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.bar')}>
      {bulk.running ? (
        <BulkProgress bulk={bulk.running} onCancel={bulk.cancel} />
      ) : (
        <>
          <div className={classes.bulkLine}>
            <b className="num" role="status">
              {everything ? t('bulk.all_on') : t('bulk.selected', { count: chosen.size })}
            </b>
            {mayAll && !everything && (
              <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
                {t('bulk.all')}
              </Button>
            )}
            <IconButton label={t('bulk.clear')} onClick={clearSelection}>
              <IconX {...ICON} />
            </IconButton>
          </div>
          <div className={classes.bulkLine}>
            {ACTS.filter(({ needs }) => can(needs)).map(({ act, Icon }) => (
              <IconButton key={act} label={t(`bulk.act.${act}`)} onClick={() => ask(act)}>
                <Icon {...ICON} />
              </IconButton>
            ))}
            <IconButton label={t('bulk.act.read')} onClick={() => ask('read')}>
              <IconMailOpened {...ICON} />
            </IconButton>
            {can('tickets.tag') && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <IconButton label={t('bulk.more')}>
                    <IconDots {...ICON} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => ask('untag')}>{t('bulk.act.untag')}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        </>
      )}
      {asking && asking !== 'read' && (
        <BulkDialog
          act={asking}
          target={target}
          error={bulk.error}
          busy={bulk.isStarting}
          onStart={(wish) => bulk.start(wish, () => setAsking(undefined))}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
