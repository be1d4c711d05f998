/** The cable between one browser and the house, which can be pulled out. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Cable {
  readonly #server: Server;
  readonly #live = new Set<Socket>();
  #isOut = false;
  #isDeaf = false;

  static async to(house: URL): Promise<Cable> {
    const cable = new Cable(house);
    await new Promise<void>((listening) => cable.#server.listen(0, '127.0.0.1', listening));
    return cable;
  }

  private constructor(house: URL) {
    this.#server = createServer((near) => {
      if (this.#isOut) return void near.destroy();
      const far = connect(Number(house.port), house.hostname);
      for (const [one, other] of [[near, far], [far, near]] as const) {
        this.#live.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#live.delete(one);
          other.destroy();
        });
      }
      near.pipe(far);
      far.on('data', (bytes: Buffer) => {
        if (!this.#isDeaf) near.write(bytes);
      });
    });
  }

  /** For a browser its proxy; for others the house itself. */
  get address(): string {
    const at = this.#server.address();
    if (at === null || typeof at === 'string') throw new Error('the cable leads nowhere');
    return `http://127.0.0.1:${at.port}`;
  }

  /** From here on questions still arrive, and no answer comes back. */
  deafen(): void {
    this.#isDeaf = true;
  }

  /** Whatever was under way is cut, and nothing gets through. */
  pull(): void {
    this.#isOut = true;
    for (const socket of this.#live) socket.destroy();
  }

  plug(): void {
    this.#isOut = false;
    this.#isDeaf = false;
  }

  close(): void {
    this.pull();
    this.#server.close();
  }
}
