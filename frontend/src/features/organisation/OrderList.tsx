import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import classes from './organisation.module.css';

type Row = { id: number; name: string };
type Props<T extends Row> = {
  rows: T[];
  mark?: (row: T) => ReactNode;
  onMove: (ids: number[]) => void;
};

/** The rows with a step up and a step down each; the step that was pressed keeps the focus. */
export function OrderList<T extends Row>({ rows, mark, onMove }: Props<T>) {
  const { t } = useTranslation('organisation');
  const list = useRef<HTMLUListElement>(null);
  const move = (from: number, to: number) => {
    const ids = rows.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved !== undefined) ids.splice(to, 0, moved);
    onMove(ids);
  };
  return (
    <ul ref={list}>
      {rows.map((row, at) => (
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
            aria-disabled={at === rows.length - 1}
            data-disabled={at === rows.length - 1 || undefined}
            onClick={() => at < rows.length - 1 && move(at, at + 1)}
          >
            <IconDown size={18} stroke={1.75} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
