import type { Field } from '../api';
import { AlertIcon } from './icons';
import { useAround } from './context';

interface Props {
  name: Field;
  isRequired: boolean;
  value: string;
  fault: string | null;
  onInput: (value: string) => void;
  onLeave: () => void;
}

/* What the browser can fill in, and which keyboard a phone brings up. */
const KINDS = {
  name: { type: 'text', autocomplete: 'name', inputMode: 'text' },
  email: { type: 'email', autocomplete: 'email', inputMode: 'email' },
  phone: { type: 'tel', autocomplete: 'tel', inputMode: 'tel' },
} as const;

export function DetailsField({ name, isRequired, value, fault, onInput, onLeave }: Props) {
  const { words } = useAround();
  return (
    <div class="asked">
      <label for={name}>
        {words.say(name)}
        {!isRequired && <small>{words.say('optional')}</small>}
      </label>
      <input
        {...KINDS[name]}
        id={name}
        name={name}
        value={value}
        required={isRequired}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${name}-fault`}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={onLeave}
      />
      {fault !== null && (
        <p class="fault" id={`${name}-fault`} role="alert">
          <AlertIcon />
          {words.refused(fault)}
        </p>
      )}
    </div>
  );
}
