import IconTidy from '@tabler/icons-react/dist/esm/icons/IconHierarchy2.mjs';
import IconPalette from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs';
import IconBox from '@tabler/icons-react/dist/esm/icons/IconMarquee2.mjs';
import { Panel } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import classes from './canvas.module.css';

type Props = {
  isChoosing: boolean;
  onChoose: () => void;
  isBoxing: boolean;
  onBox: () => void;
  onTidy: () => void;
};

/** What only a canvas has: types to drag, a box to select with, and order. */
export function BoardBar({ isChoosing, onChoose, isBoxing, onBox, onTidy }: Props) {
  const { t } = useTranslation('flows');
  const icon = { size: 18, stroke: 1.75 };
  const look = (isOn: boolean) =>
    ({ variant: isOn ? 'light' : 'subtle', size: 32, 'aria-pressed': isOn }) as const;
  return (
    <Panel position="top-left" className={classes.bar}>
      <IconButton {...look(isChoosing)} label={t('canvas.palette')} onClick={onChoose}>
        <IconPalette {...icon} />
      </IconButton>
      <IconButton
        {...look(isBoxing)}
        label={t('canvas.box')}
        hint={t('canvas.box_hint')}
        onClick={onBox}
      >
        <IconBox {...icon} />
      </IconButton>
      <IconButton variant="subtle" size={32} label={t('canvas.tidy')} onClick={onTidy}>
        <IconTidy {...icon} />
      </IconButton>
    </Panel>
  );
}
