import IconAd from '@tabler/icons-react/dist/esm/icons/IconAd.mjs';
import IconSplit from '@tabler/icons-react/dist/esm/icons/IconArrowsSplit2.mjs';
import IconBell from '@tabler/icons-react/dist/esm/icons/IconBell.mjs';
import IconBuilding from '@tabler/icons-react/dist/esm/icons/IconBuilding.mjs';
import IconCalendar from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import IconCategory from '@tabler/icons-react/dist/esm/icons/IconCategory.mjs';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import IconReturn from '@tabler/icons-react/dist/esm/icons/IconCornerUpLeft.mjs';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import IconHelp from '@tabler/icons-react/dist/esm/icons/IconHelpCircle.mjs';
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglass.mjs';
import IconId from '@tabler/icons-react/dist/esm/icons/IconId.mjs';
import IconMessage from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import IconQuestion from '@tabler/icons-react/dist/esm/icons/IconMessageQuestion.mjs';
import IconRoute from '@tabler/icons-react/dist/esm/icons/IconRoute.mjs';
import IconOther from '@tabler/icons-react/dist/esm/icons/IconSquareRounded.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import IconTags from '@tabler/icons-react/dist/esm/icons/IconTags.mjs';
import IconTransfer from '@tabler/icons-react/dist/esm/icons/IconUserShare.mjs';
import IconVariable from '@tabler/icons-react/dist/esm/icons/IconVariable.mjs';
import IconLines from '@tabler/icons-react/dist/esm/icons/IconAlignLeft.mjs';
import IconApi from '@tabler/icons-react/dist/esm/icons/IconApi.mjs';
import IconBadge from '@tabler/icons-react/dist/esm/icons/IconIdBadge2.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import IconShield from '@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconTemplate from '@tabler/icons-react/dist/esm/icons/IconTemplate.mjs';
import IconUsers from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import type { CardType } from './model/palette';
import classes from './flows.module.css';

/** Names as the server's table has them. */
const ICONS: Record<string, typeof IconAd> = {
  ad: IconAd,
  'arrows-split-2': IconSplit,
  bell: IconBell,
  building: IconBuilding,
  'calendar-time': IconCalendar,
  category: IconCategory,
  'circle-check': IconCheck,
  clock: IconClock,
  'corner-up-left': IconReturn,
  file: IconFile,
  'help-circle': IconHelp,
  hourglass: IconHourglass,
  id: IconId,
  message: IconMessage,
  'message-question': IconQuestion,
  route: IconRoute,
  tag: IconTag,
  tags: IconTags,
  'user-share': IconTransfer,
  variable: IconVariable,
  'align-left': IconLines,
  api: IconApi,
  'id-badge-2': IconBadge,
  link: IconLink,
  'shield-check': IconShield,
  star: IconStar,
  template: IconTemplate,
  users: IconUsers,
};

/** The kind by its colour; in words it stands beside. */
export function CardTile({ type }: { type: CardType | undefined }) {
  const Icon = ICONS[type?.icon ?? ''] ?? IconOther;
  return (
    <span className={classes.tile} data-kind={type?.kind ?? 'unknown'} aria-hidden>
      <Icon size={18} stroke={1.75} />
    </span>
  );
}
