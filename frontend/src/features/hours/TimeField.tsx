import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { clock, minutes } from './week';

type Props = {
  label: string;
  value: number;
  invalid?: boolean;
  disabled?: boolean;
  onChange: (min: number) => void;
};

/** A time of day: the browser's own field, with its keys and its clock on phones. */
export function TimeField({ label, value, invalid, disabled, onChange }: Props) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      type="time"
      className="num"
      aria-label={label}
      value={typed ?? clock(value)}
      error={invalid}
      disabled={disabled}
      onChange={({ currentTarget: { value: text } }) => {
        const min = minutes(text);
        setTyped(min === undefined ? text : undefined);
        if (min !== undefined) onChange(min);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}
