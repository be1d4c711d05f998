import { Button } from '@mantine/core';
import IconDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import IconUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { newId, type Settings } from '../model/document';
import { hasIds, itemFields } from '../model/palette';
import { Fields } from './Fields';
import { listOf, textOf, type FieldProps } from './props';
import { useCaption } from './useCaption';
import classes from '../flows.module.css';

const STEM = { options: 'op', rules: 'r', intents: 'i' } as Record<string, string>;

/** A list of objects: each with the fields that the table gives it, in an order that means something. */
export function ListField(props: FieldProps) {
  const { field, value, onChange, disabled, error } = props;
  const { t } = useTranslation('flows');
  const { label, description } = useCaption(props);
  const items = listOf<Settings>(value);
  const put = (next: Settings[]) => onChange(next.length > 0 ? next : undefined);
  const add = () => {
    const taken = items.map(({ id }) => textOf(id));
    put([...items, hasIds(field) ? { id: newId(STEM[field.type] ?? 'i', taken) } : {}]);
  };
  const move = (from: number, to: number) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    put(numbered(next));
  };
  return (
    <fieldset className={classes.items} data-field={field.name} tabIndex={-1}>
      <legend>{label}</legend>
      {description && <p>{description}</p>}
      <ol>
        {items.map((item, at) => (
          <li key={typeof item.id === 'string' ? item.id : at}>
            <header>
              <b>{t('item', { count: at + 1 })}</b>
              <ItemActs
                name={t('item_of', { field: label, count: at + 1 })}
                disabled={disabled}
                onUp={at > 0 ? () => move(at, at - 1) : undefined}
                onDown={at < items.length - 1 ? () => move(at, at + 1) : undefined}
                onRemove={() => put(numbered(items.filter((_, other) => other !== at)))}
              />
            </header>
            <Fields
              fields={itemFields(field)}
              scope={field.type}
              values={item}
              disabled={disabled}
              onChange={(name, next) =>
                put(items.map((one, other) => (other === at ? withValue(one, name, next) : one)))
              }
            />
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error}
        </p>
      )}
      {!disabled && items.length < (field.max ?? Infinity) && (
        <Button variant="subtle" leftSection={<IconPlus size={16} stroke={1.75} />} onClick={add}>
          {t('add_item', { field: label })}
        </Button>
      )}
    </fieldset>
  );
}

/** Figures that customers may answer with follow the order. */
const numbered = (items: Settings[]) =>
  items.map((item, at) => (item.number === undefined ? item : { ...item, number: at + 1 }));

export function withValue(settings: Settings, name: string, value: Settings[string] | undefined) {
  if (value !== undefined) return { ...settings, [name]: value };
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}

type ActsProps = {
  name: string;
  disabled: boolean;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onRemove: () => void;
};

function ItemActs({ name, disabled, onUp, onDown, onRemove }: ActsProps) {
  const { t } = useTranslation('flows');
  if (disabled) return null;
  return (
    <span>
      <IconButton size={32} label={t('item_up', { name })} disabled={!onUp} onClick={onUp}>
        <IconUp size={16} stroke={1.75} />
      </IconButton>
      <IconButton size={32} label={t('item_down', { name })} disabled={!onDown} onClick={onDown}>
        <IconDown size={16} stroke={1.75} />
      </IconButton>
      <IconButton size={32} label={t('item_remove', { name })} onClick={onRemove}>
        <IconTrash size={16} stroke={1.75} />
      </IconButton>
    </span>
  );
}

/** One object of a few members. */
export function ObjectField(props: FieldProps) {
  const { field, value, onChange, disabled } = props;
  const { label } = useCaption(props);
  const members = (value ?? {}) as Settings;
  return (
    <fieldset className={classes.items} data-field={field.name}>
      <legend>{label}</legend>
      <Fields
        fields={itemFields(field)}
        scope={field.name}
        values={members}
        disabled={disabled}
        onChange={(name, next) => onChange(withValue(members, name, next))}
      />
    </fieldset>
  );
}
