import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/session';
import type { Attachment, Message } from '../api';
import { firstName, type Names } from '../names';
import { mediaAddress } from '../model/media';
import { DeliveryTick } from './DeliveryTick';
import { lookOf } from './MessageRow';
import classes from './thread.module.css';
import media from './media.module.css';

const SHOWN = 4;

type Props = {
  messages: readonly Message[];
  names: Names;
  last: boolean;
  onView: (attachment: Attachment) => void;
};

/** Pictures that came one after another, as a grid of four; the rest behind "+5". */
export function AlbumRow({ messages, names, last, onView }: Props) {
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const newest = messages.at(-1);
  if (!newest) return null;

  const pictures = messages.flatMap(({ attachments }) => attachments);
  const more = pictures.length - SHOWN;
  const author = newest.author_kind === 'member' ? names.member(newest.author_id) : undefined;
  const time = format.time(newest.created_at);

  return (
    <div
      className={classes.message}
      data-look={lookOf(newest)}
      data-side={newest.direction === 'in' ? 'left' : 'right'}
      data-last={last || undefined}
    >
      <div className={classes.bubble}>
        <div className={media.album}>
          {pictures.slice(0, SHOWN).map((picture, at) => (
            <button
              key={picture.id}
              type="button"
              onClick={() => onView(picture)}
              aria-label={t('viewer.open', { name: picture.filename || t('kind.image') })}
            >
              {picture.state === 'ready' && (
                <img src={mediaAddress(picture)} alt="" loading="lazy" />
              )}
              {at === SHOWN - 1 && more > 0 && <i aria-hidden="true">{`+${more}`}</i>}
            </button>
          ))}
        </div>
        <div className={classes.foot}>
          <time dateTime={newest.created_at} title={format.exact(newest.created_at)}>
            {author ? t('message.signed', { name: firstName(author), time }) : time}
          </time>
          {newest.direction === 'out' && <DeliveryTick state={newest.state} />}
        </div>
      </div>
    </div>
  );
}
