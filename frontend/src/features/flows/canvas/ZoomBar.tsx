import { useReducedMotion } from '@mantine/hooks';
import IconFit from '@tabler/icons-react/dist/esm/icons/IconMaximize.mjs';
import IconMinus from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import classes from './canvas.module.css';

const MOVE_MS = 140;

/** Nearer, farther, everything. */
export function ZoomBar() {
  const { t } = useTranslation('flows');
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const percent = useStore(({ transform: [, , zoom] }) => Math.round(zoom * 100)); // and not of where it is
  const duration = useReducedMotion() ? 0 : MOVE_MS;
  const icon = { size: 16, stroke: 1.75 };
  const look = { variant: 'subtle', color: 'gray', size: 32, side: 'top' } as const;
  return (
    <Panel position="bottom-right" className={classes.bar}>
      <IconButton {...look} label={t('canvas.farther')} onClick={() => void zoomOut({ duration })}>
        <IconMinus {...icon} />
      </IconButton>
      <span className="num">{t('canvas.zoom', { zoom: percent })}</span>
      <IconButton {...look} label={t('canvas.nearer')} onClick={() => void zoomIn({ duration })}>
        <IconPlus {...icon} />
      </IconButton>
      <IconButton
        {...look}
        label={t('canvas.all')}
        onClick={() => void fitView({ duration, maxZoom: 1, padding: 0.08 })}
      >
        <IconFit {...icon} />
      </IconButton>
    </Panel>
  );
}
