import { Button } from '@mantine/core';
import IconCopy from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import IconEye from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import IconEyeOff from '@tabler/icons-react/dist/esm/icons/IconEyeOff.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copy';
import { toast } from '@/lib/toast';
import { IconButton } from '@/ui/IconButton';
import classes from './channels.module.css';

const MASK = '••••••••••••••••';

type Props = { label: string; value: string; hint?: string; secret?: boolean; block?: boolean };

/** Something to paste elsewhere. A secret one stays covered until asked for. */
export function CopyField({ label, value, hint, secret = false, block = false }: Props) {
  const { t } = useTranslation(['channels', 'common']);
  const [shown, setShown] = useState(!secret);
  const copy = async () => {
    toast({ message: (await copyText(value)) ? t('common:copied') : t('common:copy_failed') });
  };
  return (
    <div className={classes.copy} role="group" aria-label={label}>
      <span>{label}</span>
      <div>
        <code className={block ? undefined : 'cut'} data-block={block || undefined}>
          {shown ? value : MASK}
        </code>
        {secret && (
          <IconButton
            size={28}
            label={shown ? t('hide') : t('show')}
            onClick={() => setShown(!shown)}
          >
            {shown ? <IconEyeOff size={16} stroke={1.75} /> : <IconEye size={16} stroke={1.75} />}
          </IconButton>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCopy size={14} stroke={1.75} />}
          onClick={() => void copy()}
        >
          {t('common:copy')}
        </Button>
      </div>
      {hint && <small>{hint}</small>}
    </div>
  );
}
