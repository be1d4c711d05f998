import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import { chatFileAddress, type Attachment } from './api';
import classes from './chat.module.css';

/** A file that a colleague sent: shown where a browser can, else to be opened. */
export function ChatFile({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const address = chatFileAddress(attachment);
  const name = attachment.filename || t('file');
  if (attachment.kind === 'image')
    return (
      <a href={address} target="_blank" rel="noreferrer" className={classes.picture}>
        <img src={address} alt={name} loading="lazy" />
      </a>
    );
  if (attachment.kind === 'audio')
    return (
      // eslint-disable-next-line jsx-a11y-x/media-has-caption -- said by a colleague, without captions
      <audio className={classes.sound} src={address} controls preload="none" aria-label={name} />
    );
  return (
    <a href={address} target="_blank" rel="noreferrer" className={classes.file}>
      <IconFile size={20} stroke={1.75} aria-hidden="true" />
      <span>
        <b className="cut">{name}</b>
        <small className="num">{format.bytes(attachment.size_bytes)}</small>
      </span>
    </a>
  );
}
