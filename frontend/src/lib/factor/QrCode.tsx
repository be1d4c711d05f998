import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './factor.module.css';

/** Drawn here, so that the secret goes nowhere else. Always dark on light: cameras expect that. */
export function QrCode({ text }: { text: string }) {
  const { t } = useTranslation('factor');
  const { data: picture } = useQuery({
    queryKey: ['qr', text],
    gcTime: 0,
    queryFn: async () => {
      const { toString } = await import('qrcode');
      const svg = await toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
      return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    },
  });
  return (
    <div className={classes.qr}>
      {picture && <img src={picture} alt={t('qr')} width={180} height={180} />}
    </div>
  );
}
