import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconPin from '@tabler/icons-react/dist/esm/icons/IconMapPin.mjs';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/ui/Avatar';
import type { Message } from '../api';
import { addressText } from '../names';
import { choiceOf, contactsOf, locationOf } from './detail';
import { optionsOf } from './question';
import classes from './media.module.css';

/** A place, by its name or its figures. The map opens elsewhere: we load nothing from outside. */
export function LocationCard({ message }: { message: Message }) {
  const { t, i18n } = useTranslation('inbox');
  const place = locationOf(message);
  if (!place) return t('kind.location');

  const figure = new Intl.NumberFormat(i18n.resolvedLanguage, { maximumFractionDigits: 5 });
  const figures = `${figure.format(place.latitude)} · ${figure.format(place.longitude)}`;
  const address = `https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=16/${place.latitude}/${place.longitude}`;
  return (
    <a className={classes.place} href={address} target="_blank" rel="noreferrer">
      <span className={classes.tile}>
        <IconPin size={20} stroke={1.75} />
      </span>
      <span>
        <b>{place.name || t('kind.location')}</b>
        <small>{place.address || figures}</small>
      </span>
    </a>
  );
}

export function ContactCards({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const cards = contactsOf(message)?.contacts ?? [];
  if (cards.length === 0) return t('kind.contacts');
  return (
    <ul className={classes.cards}>
      {cards.map((card, at) => (
        <li key={at}>
          <Avatar name={card.name || '?'} size={30} />
          <span>
            <b>{card.name || t('visitor')}</b>
            <small className="num">
              {[...card.phones.map(addressText), ...card.emails].join(' · ')}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the customer picked from a list or pressed. */
export function PickedOption({ message }: { message: Message }) {
  const picked = choiceOf(message);
  return (
    <>
      <div className={classes.choice}>
        <IconCheck size={16} stroke={2} aria-hidden="true" />
        {picked?.title ?? message.text}
      </div>
      {picked?.description}
    </>
  );
}

/** What could be tapped under a question, quietly: it was the customer's to tap, not ours. */
export function OfferedOptions(props: { message: Message; picked: string | undefined }) {
  const { t } = useTranslation('inbox');
  const options = optionsOf(props.message);
  if (options.length === 0) return null;
  return (
    <ul className={classes.options} aria-label={t('question.options')}>
      {options.map(({ id, label, description }) => (
        <li key={id} data-picked={id === props.picked || undefined}>
          {id === props.picked && (
            <IconCheck size={14} stroke={2} role="img" aria-label={t('question.picked')} />
          )}
          <span>
            {label}
            {description && <small>{description}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
