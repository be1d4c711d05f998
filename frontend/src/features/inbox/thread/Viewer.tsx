import { ActionIcon, Modal } from '@mantine/core';
import IconClose from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import IconZoomIn from '@tabler/icons-react/dist/esm/icons/IconZoomIn.mjs';
import IconZoomOut from '@tabler/icons-react/dist/esm/icons/IconZoomOut.mjs';
import { useWindowEvent } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lastFocused } from '@/ui/last-focus';
import type { Attachment } from '../api';
import { mediaAddress } from '../model/media';
import classes from './media.module.css';

const ZOOMS = [1, 1.5, 2, 3] as const;
const ICON = { size: 20, stroke: 1.75 } as const;

type Props = { pictures: readonly Attachment[]; start: number; onClose: () => void };

/** Pictures of the conversation, one at a time. Arrows turn, + and − zoom, Esc closes. */
export function Viewer({ pictures, start, onClose }: Props) {
  const { t } = useTranslation(['inbox', 'common']);
  const [at, setAt] = useState(start);
  const [zoom, setZoom] = useState(0);
  const picture = pictures[at];

  /* Closed means gone: there is no exit to wait for, so the focus goes back by hand. */
  useEffect(() => {
    const opener = lastFocused();
    return () => void requestAnimationFrame(() => opener?.focus());
  }, []);

  const turn = (by: number) => {
    const next = at + by;
    if (next < 0 || next >= pictures.length) return;
    setAt(next);
    setZoom(0);
  };
  const change = (by: number) => setZoom(Math.min(ZOOMS.length - 1, Math.max(0, zoom + by)));
  /* Mantine's content drops key handlers; the viewer covers everything, so the window will do. */
  useWindowEvent('keydown', (event) => {
    const acts: Record<string, () => void> = {
      ArrowLeft: () => turn(-1),
      ArrowRight: () => turn(1),
      '+': () => change(1),
      '=': () => change(1),
      '-': () => change(-1),
    };
    acts[event.key]?.();
  });
  if (!picture) return null;
  const factor = ZOOMS[zoom] ?? 1;

  return (
    <Modal.Root opened fullScreen onClose={onClose} transitionProps={{ duration: 140 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('viewer.title')}>
        <div className={classes.viewer}>
          <div className={classes.viewerHead}>
            <span className="cut">
              {t('viewer.place', { at: at + 1, total: pictures.length, name: picture.filename })}
            </span>
            <ActionIcon
              aria-label={t('viewer.smaller')}
              onClick={() => change(-1)}
              disabled={zoom === 0}
            >
              <IconZoomOut {...ICON} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('viewer.larger')}
              onClick={() => change(1)}
              disabled={zoom === ZOOMS.length - 1}
            >
              <IconZoomIn {...ICON} />
            </ActionIcon>
            <ActionIcon
              component="a"
              href={mediaAddress(picture)}
              download={picture.filename || true}
              aria-label={t('viewer.download')}
            >
              <IconDownload {...ICON} />
            </ActionIcon>
            <ActionIcon aria-label={t('common:close')} onClick={onClose} data-autofocus>
              <IconClose {...ICON} />
            </ActionIcon>
          </div>
          <div className={classes.stage}>
            <img
              src={mediaAddress(picture)}
              alt={picture.filename || t('kind.image')}
              data-zoom={zoom > 0 || undefined}
              style={zoom > 0 ? { width: `${factor * 100}%` } : undefined}
            />
            {at > 0 && (
              <ActionIcon
                className={classes.turn}
                data-side="left"
                size={44}
                aria-label={t('viewer.previous')}
                onClick={() => turn(-1)}
              >
                <IconLeft {...ICON} />
              </ActionIcon>
            )}
            {at < pictures.length - 1 && (
              <ActionIcon
                className={classes.turn}
                data-side="right"
                size={44}
                aria-label={t('viewer.next')}
                onClick={() => turn(1)}
              >
                <IconRight {...ICON} />
              </ActionIcon>
            )}
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
