import { useState } from 'preact/hooks';
import { openQuestion } from '../question';
import type { Asked } from './Answers';
import { useAround } from './context';

/* Indoors a phone may look for a while; longer than this nobody waits. */
const PATIENCE_MS = 20_000;

/** One button that tells where the visitor is, once their device lets us know. */
export function PlaceAnswer({ message }: Asked) {
  const { chat, words, state } = useAround();
  const [isLooking, setLooking] = useState(false);
  const { messages, outgoing, ticket } = state;
  const isOpen =
    ticket !== 'closed' &&
    openQuestion(messages, outgoing) === message.id &&
    !outgoing.some(({ place }) => place);

  function tell() {
    setLooking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        setLooking(false);
        chat.tellPlace({ latitude, longitude });
      },
      () => {
        setLooking(false);
        chat.warn('place_unknown');
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  }

  if (!('geolocation' in navigator)) return null;
  return (
    <div class="options">
      <button type="button" class="outline" disabled={!isOpen || isLooking} onClick={tell}>
        {words.say(isLooking ? 'place_looking' : 'place_send')}
      </button>
    </div>
  );
}
