import type { FunctionComponent } from 'preact';
import type { Message } from '../api';
import type { Question } from '../question';
import { FileAnswer } from './FileAnswer';
import { Options } from './Options';
import { PlaceAnswer } from './PlaceAnswer';

export interface Asked {
  message: Message;
  question: Question;
}

const KINDS: Record<Question['style'], FunctionComponent<Asked>> = {
  buttons: Options,
  list: Options,
  location: PlaceAnswer,
  file: FileAnswer,
};

/** What helps to answer a question, under it; words always do, too. */
export function Answers(asked: Asked) {
  const Kind = KINDS[asked.question.style];
  return <Kind {...asked} />;
}
