import { useState } from 'preact/hooks';
import type { Attachment } from '../api';
import { isPicture } from '../files';
import { FileIcon } from './icons';
import { useAround } from './context';

/** A file of the history, shown as what it is. */
export function Attached({ attachment }: { attachment: Attachment }) {
  const { chat, words } = useAround();
  const [isUnseen, setUnseen] = useState(false);
  const { filename, kind, mime, state } = attachment;

  if (state !== 'ready') return <p class="text faint">{words.say(`file_${state}`)}</p>;

  const address = chat.mediaUrl(attachment.id);
  // The page's policy may forbid our pictures and sounds; the file itself is still to be had.
  const failed = () => setUnseen(true);

  if (isUnseen) return <Document attachment={attachment} address={address} />;
  if (kind === 'audio') {
    return (
      <audio
        controls
        preload="metadata"
        src={address}
        aria-label={words.say('audio')}
        onError={failed}
      />
    );
  }
  if (kind === 'video') {
    const name = words.say('video', { name: filename });
    return <video controls preload="metadata" src={address} aria-label={name} onError={failed} />;
  }
  if ((kind === 'image' || kind === 'sticker') && isPicture(mime)) {
    const name = words.say('image', { name: filename });
    return (
      <a class="picture" href={address} target="_blank" rel="noopener noreferrer">
        <img class={kind} src={address} alt={name} onError={failed} />
      </a>
    );
  }
  return <Document attachment={attachment} address={address} />;
}

function Document({ attachment, address }: { attachment: Attachment; address: string }) {
  const { words } = useAround();
  const { filename, size_bytes } = attachment;
  return (
    <a class="file" href={address} target="_blank" rel="noopener noreferrer">
      <FileIcon />
      <span>
        <span class="unseen">{words.say('download')} </span>
        <b>{filename}</b>
        <small>{words.size(size_bytes)}</small>
      </span>
    </a>
  );
}
