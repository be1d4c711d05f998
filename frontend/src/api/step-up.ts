/**
 * Something dangerous was asked and the server wants to know once more that it is them. Whoever is
 * mounted to ask (`lib/step-up`) answers; with nobody there the refusal stands.
 */
type Asker = () => Promise<boolean>;

let asker: Asker | undefined;
let asking: Promise<boolean> | undefined;

export function setStepUpAsker(next: Asker | undefined) {
  asker = next;
}

/** Two requests refused together are one question. */
export function stepUp(): Promise<boolean> {
  asking ??= (asker?.() ?? Promise.resolve(false)).finally(() => {
    asking = undefined;
  });
  return asking;
}
