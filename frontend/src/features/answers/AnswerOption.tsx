import IconFile from '@tabler/icons-react/dist/esm/icons/IconFile.mjs';
import { useTranslation } from 'react-i18next';
import { Chip } from '@/ui/Chip';
import { fileAddress, type Answer } from './api';
import classes from './answers.module.css';

type Props = { id: string; answer: Answer; isActive: boolean; onPick: () => void };

/** The keys that choose it are heard by the text field, which keeps the focus. */
export function AnswerOption({ id, answer, isActive, onPick }: Props) {
  const { t } = useTranslation('answers');
  const { title, shortcut, body, scope, attachments } = answer;
  const [picture] = attachments.filter(({ kind }) => kind === 'image' || kind === 'sticker');
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- see above
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      className={classes.option}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      {picture ? (
        <img src={fileAddress(picture)} alt="" loading="lazy" />
      ) : (
        attachments.length > 0 && (
          <i>
            <IconFile size={18} stroke={1.75} />
          </i>
        )
      )}
      <div>
        <p>
          <code>/{shortcut}</code> <b className="cut">{title}</b>
          {scope !== 'account' && <Chip>{t(`scope.${scope}`)}</Chip>}
        </p>
        <small className="cut">{body || t('files', { count: attachments.length })}</small>
      </div>
    </li>
  );
}
