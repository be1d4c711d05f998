import type { ComponentChildren } from 'preact';
import type { Row } from '../thread';
import { useAround } from './context';

interface Props {
  row: Row;
  who: string;
  tick: ComponentChildren;
  isFailed?: boolean;
  isEdited?: boolean;
  children: ComponentChildren;
  under?: ComponentChildren;
}

/** One bubble. Who and when stand under the last of a group; a reader hears them for each. */
export function Balloon({
  row,
  who,
  tick,
  isFailed = false,
  isEdited = false,
  children,
  under,
}: Props) {
  const { words } = useAround();
  const time = words.time(row.at);
  const isBot = row.kind === 'message' && row.message.from === 'bot';
  const classes = [
    'row',
    row.isMine ? 'mine' : 'theirs',
    row.startsGroup && 'starts',
    row.endsGroup && 'ends',
    isBot && 'bot',
    isFailed && 'failed',
  ];

  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <div class="balloon">
        <span class="unseen">{`${who}, ${time}: `}</span>
        {children}
        <div class="meta">
          {isEdited && <span>{words.say('edited')}</span>}
          {row.endsGroup && (
            <span aria-hidden="true">{row.isMine ? time : `${who} · ${time}`}</span>
          )}
          {tick}
        </div>
      </div>
      {under}
    </div>
  );
}
