import { Button, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/IconButton';
import { newId } from '../model/document';
import { Question, type Asked } from './Question';
import { alike, OPTIONS, type Option } from './sketch';
import classes from './plan.module.css';

export const withOption = (options: readonly Option[]): readonly Option[] => [
  ...options,
  {
    id: newId(
      'op',
      options.map(({ id }) => id),
    ),
    label: '',
    department: null,
  },
];

/** What the menu offers. A new option has the focus; where one went, the way to another has it. */
export function OptionsQuestion({ at, plan: { options }, onAnswer }: Asked) {
  const { t } = useTranslation('flowplan');
  const [added, setAdded] = useState<string>();
  const adds = useRef<HTMLButtonElement>(null);
  const twice = alike(options);
  const add = () => {
    const more = withOption(options);
    setAdded(more.at(-1)?.id);
    onAnswer({ options: more });
  };
  const write = (id: string, label: string) =>
    onAnswer({ options: options.map((one) => (one.id === id ? { ...one, label } : one)) });
  const remove = (id: string) => {
    onAnswer({ options: options.filter((one) => one.id !== id) });
    adds.current?.focus();
  };
  return (
    <Question at={at} question={t('options.question')} text={t('options.text')}>
      <ol className={classes.options}>
        {options.map(({ id, label }, place) => (
          <li key={id}>
            <TextInput
              aria-label={t('options.one', { count: place + 1 })}
              placeholder={t('options.one', { count: place + 1 })}
              maxLength={OPTIONS.letters}
              autoFocus={id === added}
              value={label}
              error={twice.has(id) && t('options.alike')}
              onChange={({ currentTarget: { value } }) => write(id, value)}
            />
            {options.length > OPTIONS.least && (
              <IconButton
                size={36}
                label={t('options.remove', { count: place + 1 })}
                onClick={() => remove(id)}
              >
                <IconTrash size={16} stroke={1.75} />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      <Button
        ref={adds}
        variant="subtle"
        leftSection={<IconPlus size={16} stroke={1.75} />}
        disabled={options.length >= OPTIONS.most}
        onClick={add}
      >
        {t('options.add')}
      </Button>
    </Question>
  );
}
