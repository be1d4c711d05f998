import IconAlert from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconChecks from '@tabler/icons-react/dist/esm/icons/IconChecks.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconPhoto from '@tabler/icons-react/dist/esm/icons/IconPhoto.mjs';
import IconPin from '@tabler/icons-react/dist/esm/icons/IconMapPin.mjs';
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import IconVideo from '@tabler/icons-react/dist/esm/icons/IconVideo.mjs';
import { useTranslation } from 'react-i18next';
import type { Icon } from '@/ui/icon';
import type { Ticket } from '../api';
import { firstName, type Names } from '../names';

const TICKS: Record<string, Icon> = {
  queued: IconClock,
  sending: IconClock,
  accepted: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlert,
  unknown: IconHelp,
};

const KINDS: Record<string, Icon> = {
  image: IconPhoto,
  sticker: IconPhoto,
  audio: IconMicrophone,
  video: IconVideo,
  document: IconFile,
  location: IconPin,
  contacts: IconUser,
};

type Preview = { Glyph: Icon | undefined; text: string; tone: 'bad' | undefined };

/** The last message in one line: a mark of what it is, and its words or the name of its kind. */
export function usePreview(names: Names) {
  const { t } = useTranslation('inbox');

  /** Who of us said it: me, a colleague by first name, or the bot. */
  const signed = ({ author_kind, author_id }: Ticket['last'], text: string) => {
    if (author_kind === 'bot' || author_kind === 'system') return t('preview.bot', { text });
    if (author_kind !== 'member') return text;
    if (author_id === names.me) return t('preview.mine', { text });
    const name = firstName(names.member(author_id) ?? t('somebody'));
    return t('preview.signed', { name, text });
  };

  return ({ last }: Ticket): Preview => {
    const kind = last.kind ?? 'text';
    const known = [
      'image',
      'sticker',
      'audio',
      'video',
      'document',
      'location',
      'contacts',
    ] as const;
    const named = known.find((each) => each === kind);
    const text =
      last.preview || (named ? t(`kind.${named}`) : kind === 'unknown' ? t('kind.unknown') : '');

    if (last.direction === 'out') {
      const failed = last.state === 'failed';
      return {
        Glyph: TICKS[last.state ?? ''],
        text: failed ? t('preview.failed', { text }) : signed(last, text),
        tone: failed ? 'bad' : undefined,
      };
    }
    if (last.direction === 'note') {
      return { Glyph: IconLock, text: signed(last, text), tone: undefined };
    }
    return { Glyph: KINDS[kind], text, tone: undefined };
  };
}
