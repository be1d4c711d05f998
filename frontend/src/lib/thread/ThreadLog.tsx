import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactNode,
  type Ref,
} from 'react';
import classes from './log.module.css';

const ESTIMATE_PX = 72;
const NEAR_TOP_PX = 600;
const AT_END_PX = 80;

export type LogHandle = { show: (index: number) => void };

type Props<T> = {
  label: string;
  /** `key` is stable for life: the scroll anchor hangs on it. */
  items: readonly T[];
  draw: (item: T) => ReactNode;
  /** The item to open at; -1: the end. */
  startAt: number;
  loadingOlder: boolean;
  hasNewer: boolean;
  onOlder: () => void;
  onNewer: () => void;
  atEnd: boolean;
  onEnd: (atEnd: boolean) => void;
  /** How many of mine are on their way: one more brings me to the end, wherever I was reading. */
  sent: number;
  jump: string;
  /** To the end, when that is not loaded. */
  onJump: () => void;
  empty: ReactNode;
  handle?: Ref<LogHandle>;
};

/** What was said, from its end, growing at both: a window over any number of rows that never jumps. */
export function ThreadLog<T extends { key: string }>(props: Props<T>) {
  const { items, draw, startAt, loadingOlder, hasNewer, onOlder, onNewer, atEnd, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATE_PX,
    overscan: 6,
    paddingStart: 16,
    paddingEnd: 4,
    anchorTo: 'end',
    followOnAppend: !hasNewer,
    scrollEndThreshold: AT_END_PX,
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
  });

  useImperativeHandle(
    props.handle,
    () => ({ show: (index) => virtual.scrollToIndex(index, { align: 'center' }) }),
    [virtual],
  );

  useLayoutEffect(() => {
    if (startAt >= 0) virtual.scrollToIndex(startAt, { align: 'center' });
    else virtual.scrollToEnd();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the thread opens
  }, []);

  const { sent } = props;
  useEffect(() => {
    if (sent > 0) virtual.scrollToEnd();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the number grows
  }, [sent]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    onEnd(left <= AT_END_PX && !hasNewer);
    if (element.scrollTop < NEAR_TOP_PX) onOlder();
    if (left < NEAR_TOP_PX) onNewer();
  };

  /* Who rests at the very top scrolls no more: the page that came may ask for the one before it. */
  useEffect(() => {
    if (!loadingOlder && (scroller.current?.scrollTop ?? NEAR_TOP_PX) < NEAR_TOP_PX) onOlder();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when a page has come
  }, [loadingOlder]);

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={`${classes.scroller} scrolls`}
        role="log"
        aria-live="off"
        aria-label={props.label}
        aria-busy={loadingOlder}
        tabIndex={0}
        data-zone
        onScroll={onScroll}
      >
        <div className={items.length === 0 ? undefined : classes.short}>
          <div className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const item = items[index];
              return (
                item && (
                  <div
                    key={key}
                    data-index={index}
                    ref={virtual.measureElement}
                    className={classes.slot}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    {draw(item)}
                  </div>
                )
              );
            })}
          </div>
        </div>
        {items.length === 0 && props.empty}
      </div>
      {!atEnd && (
        <button
          type="button"
          className={`${classes.jump} reach`}
          onClick={() => (hasNewer ? props.onJump() : virtual.scrollToEnd())}
        >
          <IconDown size={16} stroke={2} aria-hidden="true" />
          {props.jump}
        </button>
      )}
    </div>
  );
}
