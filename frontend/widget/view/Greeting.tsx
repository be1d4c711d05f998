import { useAround } from './context';

export function Greeting() {
  const { state } = useAround();
  const { greeting } = state.config;
  return greeting === '' ? null : <p class="greeting">{greeting}</p>;
}
