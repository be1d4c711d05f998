import './words';
import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import IconLink from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import IconMapPin from '@tabler/icons-react/dist/esm/icons/IconMapPin.mjs';
import IconReply from '@tabler/icons-react/dist/esm/icons/IconCornerUpLeft.mjs';
import { useTranslation } from 'react-i18next';
import type { TemplateShape } from './api';
import { filled, placeOf, type Values } from './fill';
import classes from './templates.module.css';

type Props = { shape: TemplateShape; values?: Values; fileName?: string | undefined };

/** What the phone shows, with the values that are known and the examples where none is. */
export function TemplatePreview({ shape, values = {}, fileName }: Props) {
  const { t } = useTranslation('templates');
  const { header, body, footer, buttons, variables } = shape;
  return (
    <figure className={classes.phone} aria-label={t('preview')}>
      <div className={classes.bubble}>
        {header?.kind === 'text' && <b>{filled(header.text, variables, 'header', values)}</b>}
        {header?.kind === 'location' && (
          <span className={classes.file}>
            <IconMapPin size={18} stroke={1.75} aria-hidden="true" />
            {placeOf(values) || t('place.unnamed')}
          </span>
        )}
        {header && header.kind !== 'text' && header.kind !== 'location' && (
          <span className={classes.file}>
            <IconFile size={18} stroke={1.75} aria-hidden="true" />
            {fileName ?? t('file')}
          </span>
        )}
        <p>{filled(body, variables, 'body', values)}</p>
        {footer && <small>{footer}</small>}
      </div>
      {buttons.length > 0 && (
        <ul aria-label={t('buttons')}>
          {buttons.map(({ kind, label }, at) => (
            <li key={at}>
              {kind === 'quick_reply' ? (
                <IconReply size={16} stroke={1.75} aria-hidden="true" />
              ) : (
                <IconLink size={16} stroke={1.75} aria-hidden="true" />
              )}
              {label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
