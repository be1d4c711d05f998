import { Button, FileButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { photoAddress } from '@/lib/photo';
import { RefusalLine } from '@/lib/refusal';
import { useSession } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { useRemovePhoto, useSetPhoto } from './api';
import classes from './profile.module.css';

/** What colleagues see of me in this account. */
export function PhotoSection() {
  const { t } = useTranslation('profile');
  const { user, account } = useSession();
  const set = useSetPhoto();
  const remove = useRemovePhoto();
  const hasPhoto = account.photo_id !== null;
  const choose = (file: File | null) => {
    remove.reset();
    if (file) set.mutate(file);
  };

  return (
    <section className={classes.section} aria-labelledby="profile-photo">
      <h2 id="profile-photo">{t('photo.title')}</h2>
      <p>{t('photo.lead', { account: account.name })}</p>
      <div className={classes.photo}>
        <Avatar name={user.name} size={48} photo={photoAddress(account.photo_id)} />
        <FileButton
          accept="image/png,image/jpeg,image/webp"
          inputProps={{ 'aria-label': t('photo.file') }}
          onChange={choose}
        >
          {(props) => (
            <Button {...props} variant="default" loading={set.isPending}>
              {hasPhoto ? t('photo.replace') : t('photo.choose')}
            </Button>
          )}
        </FileButton>
        {hasPhoto && (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('photo.remove')}
          </Button>
        )}
      </div>
      <RefusalLine error={set.error ?? remove.error} />
    </section>
  );
}
