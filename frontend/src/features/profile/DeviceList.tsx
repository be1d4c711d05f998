import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sayDevice } from '@/lib/device';
import { RefusalLine } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import { useForgetDevice, type Factor } from './api';
import classes from './profile.module.css';

/** Browsers that are not asked for the code at the door. */
export function DeviceList({ devices }: { devices: Factor['devices'] }) {
  const { t } = useTranslation('profile');
  const format = useFormat();
  const forget = useForgetDevice();
  if (devices.length === 0) return null;
  return (
    <>
      <h3>{t('devices.title')}</h3>
      <ul className={classes.list}>
        {devices.map(({ id, device, trusted_until, used_at }) => (
          <li key={id}>
            <div>
              <b>{sayDevice(device)}</b>
              <span>
                {t('devices.until', {
                  date: format.day(trusted_until),
                  used: format.day(used_at),
                })}
              </span>
            </div>
            <Button variant="default" size="xs" onClick={() => forget.mutate(id)}>
              {t('devices.forget')}
            </Button>
          </li>
        ))}
      </ul>
      <RefusalLine error={forget.error} />
    </>
  );
}
