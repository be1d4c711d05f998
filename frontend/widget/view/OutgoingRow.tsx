import { isPicture } from '../files';
import type { Outgoing } from '../outbox';
import type { Row } from '../thread';
import { Balloon } from './Balloon';
import { AlertIcon, FileIcon } from './icons';
import { LocalPicture } from './LocalPicture';
import { RichText } from './RichText';
import { Ticks } from './Ticks';
import { useAround } from './context';

/** A message of ours on its way. */
export function OutgoingRow({ item, row }: { item: Outgoing; row: Row }) {
  const { words } = useAround();
  const tick = item.state === 'sending' ? 'waiting' : item.state;
  const isFailed = item.state === 'refused';

  return (
    <Balloon
      row={row}
      who={words.say('from_you')}
      tick={<Ticks state={tick} />}
      isFailed={isFailed}
      under={isFailed && <Refused item={item} />}
    >
      {item.file && <OwnFile item={item} file={item.file} />}
      {item.place && <p class="text">{words.say('place')}</p>}
      {item.text !== '' && <RichText text={item.text} />}
    </Balloon>
  );
}

function OwnFile({ item, file }: { item: Outgoing; file: NonNullable<Outgoing['file']> }) {
  const { chat, words } = useAround();
  const bytes = chat.bytes(item.key);
  return (
    <>
      {bytes && isPicture(file.mime) ? (
        <LocalPicture file={bytes} label={words.say('image', { name: file.name })} />
      ) : (
        <div class="file">
          <FileIcon />
          <span>
            <b>{file.name}</b>
            <small>{words.size(file.size_bytes)}</small>
          </span>
        </div>
      )}
      {item.state === 'sending' && (
        <progress
          value={item.progress}
          max={1}
          aria-label={words.say('uploading', { name: file.name })}
        />
      )}
    </>
  );
}

function Refused({ item }: { item: Outgoing }) {
  const { chat, words } = useAround();
  const canRetry = item.file === null || item.attachment_id !== null || chat.bytes(item.key);
  return (
    <div class="why" role="alert">
      <p>
        <AlertIcon />
        {words.refused(item.slug ?? 'unexpected')}
      </p>
      {canRetry && (
        <button type="button" class="outline" onClick={() => chat.retry(item.key)}>
          {words.say('try_again')}
        </button>
      )}
      <button type="button" class="outline" onClick={() => chat.discard(item.key)}>
        {words.say('discard')}
      </button>
    </div>
  );
}
