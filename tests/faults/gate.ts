/** Lets a number of things through, then holds the rest until more are let through. */
export class Gate {
  #free = 0;
  #open = false;
  #waiting: (() => void)[] = [];

  let(count: number): void {
    this.#free += count;
    this.#serve();
  }

  /** From here on everybody passes. */
  open(): void {
    this.#open = true;
    this.#serve();
  }

  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#serve();
    });
  }

  #serve(): void {
    while (this.#waiting.length > 0 && (this.#open || this.#free > 0)) {
      if (!this.#open) this.#free--;
      this.#waiting.shift()?.();
    }
  }
}
