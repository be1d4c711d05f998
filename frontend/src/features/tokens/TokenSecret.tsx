import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { copyText } from '@/lib/copy';
import { toast } from '@/lib/toast';
import classes from './tokens.module.css';

/** Shown once: whoever closes this without copying makes another one. */
export function TokenSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation(['tokens', 'common']);
  const copy = async () => {
    toast({ message: (await copyText(secret)) ? t('common:copied') : t('common:copy_failed') });
  };
  return (
    <div className={classes.stack}>
      <p>{t('create.once')}</p>
      <code className={classes.secret} role="note" aria-label={t('create.secret')}>
        {secret}
      </code>
      <div className={classes.dialogActs}>
        <Button variant="default" onClick={() => void copy()}>
          {t('common:copy')}
        </Button>
        <Button onClick={onClose}>{t('create.done')}</Button>
      </div>
    </div>
  );
}
