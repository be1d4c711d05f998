/** What a business says about itself on WhatsApp, per number. */
import type { JsonObject } from './json.ts';

export class Profiles {
  #profiles = new Map<string, JsonObject>();

  get(phone_number_id: string): JsonObject {
    return this.#profiles.get(phone_number_id) ?? { messaging_product: 'whatsapp', vertical: 'OTHER' };
  }

  change(phone_number_id: string, members: JsonObject): void {
    this.#profiles.set(phone_number_id, { ...this.get(phone_number_id), ...members });
  }

  clear(): void {
    this.#profiles.clear();
  }
}
