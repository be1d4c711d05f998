import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import classes from './Resizer.module.css';

type Props = {
  label: string;
  width: number;
  min: number;
  max: number;
  /** Whether the sized pane lies before or after the handle. */
  pane: 'before' | 'after';
  /** Which edge of its parent the handle sits on. */
  edge: 'left' | 'right';
  onResize: (width: number) => void;
};

const STEP = 16;

/** The edge between two panes: dragged, or moved with the arrows. */
export function Resizer({ label, width, min, max, pane, edge, onResize }: Props) {
  const start = useRef<{ x: number; width: number }>(null);
  const direction = pane === 'before' ? 1 : -1;
  const fit = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))));

  const grab = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const drag = (event: PointerEvent) => {
    if (start.current) fit(start.current.width + (event.clientX - start.current.x) * direction);
  };
  const nudge = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    fit(width + step * direction);
  };

  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- a focusable separator is a widget
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes.edge}
      data-edge={edge}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={() => (start.current = null)}
      onKeyDown={nudge}
    />
  );
}
