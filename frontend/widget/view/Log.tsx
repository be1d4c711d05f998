import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Row, rowsOf } from '../thread';
import { Greeting } from './Greeting';
import { HistoryHead } from './HistoryHead';
import { MessageRow } from './MessageRow';
import { OutgoingRow } from './OutgoingRow';
import { ToEnd } from './ToEnd';
import { Typing } from './Typing';
import { useAround } from './context';

const NEAR_PX = 48; // this close to the end counts as at the end
const EARLY_PX = 240; // older messages are asked for before the reader gets there

/*
 * The box is a reversed column with one child: it opens at the end, stays there while messages
 * arrive, and stands still while older ones are put on top. scrollTop is 0 at the end and negative
 * above it.
 */
export function Log() {
  const { chat, words, state } = useAround();
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const isSpeaking = useSettled(state.history);
  const rows = rowsOf(state.messages, state.outgoing);
  // What is on its way starts the next one.
  const hasEnded =
    state.ticket === 'closed' && state.outgoing.every((item) => item.state === 'refused');
  const lastMine = state.outgoing.at(-1)?.key;

  // What I just wrote is what I want to see.
  useEffect(() => {
    if (lastMine !== undefined && box.current) box.current.scrollTop = 0;
  }, [lastMine]);

  function scrolled() {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    const now = -scrollTop < NEAR_PX;
    if (now !== isAtEnd) {
      setAtEnd(now);
      chat.sees(now);
    }
    if (scrollHeight - clientHeight + scrollTop < EARLY_PX) chat.loadOlder();
  }

  return (
    <div class="middle">
      <div
        ref={box}
        class="log"
        role="log"
        aria-label={words.say('messages')}
        aria-live={isSpeaking ? 'polite' : 'off'}
        tabIndex={0}
        onScroll={scrolled}
      >
        <div class="thread">
          {!state.hasOlder && <Greeting />}
          <HistoryHead />
          {rows.map((row) => (
            <Fragment key={row.key}>
              {row.startsDay && (
                <p class="day">
                  <span>{words.day(row.at)}</span>
                </p>
              )}
              <OneRow row={row} />
            </Fragment>
          ))}
          {hasEnded && rows.length > 0 && <p class="system">{words.say('ended')}</p>}
          {state.isTyping && <Typing />}
        </div>
      </div>
      <span class="unseen" role="status">
        {state.isTyping && words.say('typing')}
      </span>
      {!isAtEnd && (
        <ToEnd
          onClick={() => {
            if (box.current) box.current.scrollTop = 0;
            box.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function OneRow({ row }: { row: Row }) {
  if (row.kind === 'outgoing') return <OutgoingRow item={row.outgoing} row={row} />;
  return <MessageRow message={row.message} row={row} />;
}

/* A page of history is not news: a reader would be read forty messages. */
function useSettled(history: string): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const isQuiet = history === 'idle' || history === 'ready';
    if (!isQuiet) {
      setSettled(false);
      return;
    }
    const timer = setTimeout(() => setSettled(true), 1000);
    return () => clearTimeout(timer);
  }, [history]);
  return isSettled;
}
