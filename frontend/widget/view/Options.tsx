import { type Option, openQuestion, pickedOf } from '../question';
import type { Asked } from './Answers';
import { useAround } from './context';

/** What may be tapped under a question, once. Of one that is over, what was tapped stays marked. */
export function Options({ message, question }: Asked) {
  const { chat, words, state } = useAround();
  const { messages, outgoing, ticket } = state;
  const picked = pickedOf(question, messages, outgoing);
  const isOpen = ticket !== 'closed' && openQuestion(messages, outgoing) === message.id;

  function tap(event: Event, option: Option) {
    // The button is about to be disabled: the reader stays in the conversation.
    (event.currentTarget as Element).closest<HTMLElement>('.log')?.focus();
    chat.tap(message.id, option);
  }

  return (
    <div class="options" role="group" aria-label={words.say('options')}>
      {question.options.map((option) => (
        <button
          key={option.id}
          type="button"
          class="outline"
          disabled={!isOpen}
          aria-pressed={option.id === picked}
          onClick={(event) => tap(event, option)}
        >
          {option.label}
          {option.description && <small>{option.description}</small>}
        </button>
      ))}
    </div>
  );
}
