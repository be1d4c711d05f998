import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import classes from './panes.module.css';

type Row = { id: number; name: string };
type Props<T extends Row> = {
  rows: T[];
  mark?: (row: T) => ReactNode;
  /** Rejects when the order was not kept. */
  onMove: (ids: number[]) => Promise<unknown>;
};

/**
 * The rows with a step up and a step down each; the step that was pressed keeps the focus. What hands
 * made of the order counts at once: the next step is taken from there, however long the answers take.
 */
export function OrderList<T extends Row>({ rows, mark, onMove }: Props<T>) {
  const { t } = useTranslation('organisation');
  const [order, setOrder] = useState<number[]>();
  const place = ({ id }: T) => (order?.includes(id) ? order.indexOf(id) : rows.length);
  const shown = order ? rows.toSorted((a, b) => place(a) - place(b)) : rows;
  const move = (from: number, to: number) => {
    const ids = shown.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved !== undefined) ids.splice(to, 0, moved);
    setOrder(ids);
    onMove(ids).catch(() => setOrder(undefined));
  };
  return (
    <ul>
      {shown.map((row, at) => (
        <li key={row.id} className={classes.order}>
          {mark?.(row)}
          <b className="cut">{row.name}</b>
          <IconButton
            size={36}
            label={t('order.up', { name: row.name })}
            aria-disabled={at === 0}
            data-disabled={at === 0 || undefined}
            onClick={() => at > 0 && move(at, at - 1)}
          >
            <IconUp size={18} stroke={1.75} />
          </IconButton>
          <IconButton
            size={36}
            label={t('order.down', { name: row.name })}
            aria-disabled={at === shown.length - 1}
            data-disabled={at === shown.length - 1 || undefined}
            onClick={() => at < shown.length - 1 && move(at, at + 1)}
          >
            <IconDown size={18} stroke={1.75} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
