import IconWhatsapp from '@tabler/icons-react/dist/esm/icons/IconBrandWhatsapp.mjs';
import IconTelegram from '@tabler/icons-react/dist/esm/icons/IconBrandTelegram.mjs';
import IconInstagram from '@tabler/icons-react/dist/esm/icons/IconBrandInstagram.mjs';
import IconMessenger from '@tabler/icons-react/dist/esm/icons/IconBrandMessenger.mjs';
import IconFacebook from '@tabler/icons-react/dist/esm/icons/IconBrandFacebook.mjs';
import IconWorld from '@tabler/icons-react/dist/esm/icons/IconWorld.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconApi from '@tabler/icons-react/dist/esm/icons/IconApi.mjs';
import classes from './ChannelMark.module.css';

const MARKS = {
  whatsapp: { Icon: IconWhatsapp, colour: 'whatsapp' },
  telegram: { Icon: IconTelegram, colour: 'telegram' },
  instagram: { Icon: IconInstagram, colour: 'instagram' },
  messenger: { Icon: IconMessenger, colour: 'messenger' },
  facebook: { Icon: IconFacebook, colour: 'facebook' },
  webchat: { Icon: IconWorld, colour: 'webchat' },
  phone: { Icon: IconPhone, colour: 'phone' },
} as const;

const OTHER = { Icon: IconApi, colour: 'api' } as const;

/** `whatsapp_cloud` and its likes share the mark of their network. */
function markOf(kind: string) {
  const network = kind.split('_')[0] ?? '';
  return (
    (MARKS as Record<string, (typeof MARKS)[keyof typeof MARKS] | typeof OTHER>)[network] ?? OTHER
  );
}

type Props = { kind: string; size?: 14 | 16 | 22 | 32 };

/** A small square with the network's glyph; its name is always in text nearby. */
export function ChannelMark({ kind, size = 16 }: Props) {
  const { Icon, colour } = markOf(kind);
  return (
    <span
      className={classes.mark}
      data-size={size}
      style={{ background: `var(--b-channel-${colour})`, width: size, height: size }}
      aria-hidden="true"
    >
      <Icon size={Math.round(size * (size >= 32 ? 0.62 : 0.7))} stroke={size >= 32 ? 1.75 : 2} />
    </span>
  );
}
