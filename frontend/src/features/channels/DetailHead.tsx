import IconBack from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/lib/paths';
import { ChannelMark } from '@/ui/ChannelMark';
import { IconButton } from '@/ui/IconButton';
import classes from './channels.module.css';

type Props = { title: string; kind?: string; sub?: string; children?: ReactNode };

export function DetailHead({ title, kind, sub, children }: Props) {
  const { t } = useTranslation(['channels', 'settings']);
  const navigate = useNavigate();
  return (
    <header className={classes.head}>
      <IconButton
        className={classes.back}
        size={44}
        label={t('back')}
        onClick={() => void navigate({ to: paths.channels })}
      >
        <IconBack size={20} stroke={1.75} />
      </IconButton>
      {kind && <ChannelMark kind={kind} size={32} />}
      <div>
        <h1 className={`${classes.phoneTitle} hidden`}>{t('settings:title')}</h1>
        <h2 className="cut">{title}</h2>
        {sub && <p className="num">{sub}</p>}
      </div>
      {children}
    </header>
  );
}
