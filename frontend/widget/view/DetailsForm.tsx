import { useRef, useState } from 'preact/hooks';
import type { Field, Visitor } from '../api';
import { type Asked, faultOf } from '../details';
import { DetailsField } from './DetailsField';
import { useAround } from './context';

type Faults = Partial<Record<Field, string | null>>;

/** What the account wants to know before the first message. */
export function DetailsForm({ fields }: { fields: readonly Asked[] }) {
  const { chat, words, state } = useAround();
  const form = useRef<HTMLFormElement>(null);
  const [answers, setAnswers] = useState<Partial<Record<Field, string>>>({});
  const refused = state.detailsFault;
  const [faults, setFaults] = useState<Faults>(refused ? { [refused.field]: 'field' } : {});

  const check = (name: Field, isRequired: boolean) =>
    faultOf(name, answers[name] ?? '', isRequired);

  function submitted(event: SubmitEvent) {
    event.preventDefault();
    const found: Faults = {};
    for (const { name, required } of fields) found[name] = check(name, required);
    setFaults(found);

    const firstWrong = fields.find(({ name }) => found[name]);
    if (firstWrong) {
      form.current?.querySelector<HTMLInputElement>(`[name="${firstWrong.name}"]`)?.focus();
      return;
    }
    const told: Visitor = {};
    for (const { name } of fields) {
      const answer = answers[name]?.trim();
      if (answer) told[name] = answer;
    }
    chat.tellDetails(told);
  }

  return (
    <form ref={form} class="details" noValidate onSubmit={submitted}>
      <h3>{words.say('details_title')}</h3>
      {fields.map(({ name, required }) => (
        <DetailsField
          key={name}
          name={name}
          isRequired={required}
          value={answers[name] ?? ''}
          fault={faults[name] ?? null}
          onInput={(value) => {
            setAnswers({ ...answers, [name]: value });
            if (faults[name]) setFaults({ ...faults, [name]: null });
          }}
          onLeave={() => {
            // An empty field passed by is not a mistake yet.
            if (answers[name]) setFaults({ ...faults, [name]: check(name, required) });
          }}
        />
      ))}
      <button type="submit" class="filled">
        {words.say('details_start')}
      </button>
    </form>
  );
}
