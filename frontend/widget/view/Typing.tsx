/** The dots. The word is said by the status beside the log, so that it is not said twice. */
export function Typing() {
  return (
    <div class="typing" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}
