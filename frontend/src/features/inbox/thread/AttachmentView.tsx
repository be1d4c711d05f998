import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconExpired from '@tabler/icons-react/dist/esm/icons/IconCalendarOff.mjs';
import IconFailed from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import IconPdf from '@tabler/icons-react/dist/esm/icons/IconFileTypePdf.mjs';
import { useTranslation } from 'react-i18next';
import { Refusal } from '@/api/refusal';
import { sayRefusal } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import type { Attachment } from '../api';
import { mediaAddress } from '../model/media';
import { AudioPlayer } from './AudioPlayer';
import classes from './media.module.css';

type Props = {
  attachment: Attachment;
  duration_s?: number | undefined;
  onView: (attachment: Attachment) => void;
};

/** One file of a message, as its kind is shown; or why it cannot be shown. */
export function AttachmentView({ attachment, duration_s, onView }: Props) {
  const { t } = useTranslation('inbox');
  if (attachment.state !== 'ready') return <NotReady attachment={attachment} />;

  const address = mediaAddress(attachment);
  switch (attachment.kind) {
    case 'image':
      return (
        <button
          type="button"
          className={classes.picture}
          onClick={() => onView(attachment)}
          aria-label={t('viewer.open', { name: attachment.filename || t('kind.image') })}
        >
          <img src={address} alt="" loading="lazy" />
        </button>
      );
    case 'sticker':
      return (
        <span className={classes.sticker}>
          <img src={address} alt={t('kind.sticker')} loading="lazy" />
        </span>
      );
    case 'audio':
      return <AudioPlayer src={address} duration_s={duration_s} />;
    case 'video':
      return (
        // eslint-disable-next-line jsx-a11y-x/media-has-caption -- sent by a customer, without captions
        <video
          className={classes.video}
          src={address}
          controls
          preload="metadata"
          aria-label={attachment.filename || t('kind.video')}
        />
      );
    case 'document':
      return <Document attachment={attachment} address={address} />;
  }
}

function Document({ attachment, address }: { attachment: Attachment; address: string }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const pdf = attachment.mime === 'application/pdf';
  const extension = attachment.filename.split('.').at(-1)?.toUpperCase() ?? '';
  const type = pdf ? 'PDF' : extension.length <= 5 ? extension : t('kind.document');
  return (
    <a className={classes.file} href={address} target="_blank" rel="noreferrer">
      <span className={classes.tile} data-tone={pdf ? 'pdf' : undefined}>
        {pdf ? <IconPdf size={20} stroke={1.75} /> : <IconFile size={20} stroke={1.75} />}
      </span>
      <div>
        <b className="cut">{attachment.filename || t('kind.document')}</b>
        <small className="num">
          {t('media.type_size', { type, size: format.bytes(attachment.size_bytes) })}
        </small>
      </div>
    </a>
  );
}

/** Still coming, lost on the way, or gone after its time. Each says so; none looks like nothing. */
function NotReady({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const name = attachment.filename || t(`kind.${attachment.kind}`);

  const [Glyph, tone, words] =
    attachment.state === 'pending'
      ? ([IconClock, 'plain', t('media.pending')] as const)
      : attachment.state === 'expired'
        ? ([
            IconExpired,
            'plain',
            t('media.expired', { date: format.moment(attachment.created_at) }),
          ] as const)
        : ([
            IconFailed,
            'bad',
            attachment.error_slug
              ? sayRefusal(new Refusal({ slug: attachment.error_slug, status: 0 }))
              : t('media.failed'),
          ] as const);

  return (
    <div className={classes.file}>
      <span className={classes.tile} data-tone={tone}>
        <Glyph size={20} stroke={1.75} />
      </span>
      <div>
        <b className="cut">{name}</b>
        <small>{words}</small>
      </div>
    </div>
  );
}
