import * as z from 'zod/mini';
import { type KeyValues, readJson, tabStorage } from '../../../storage/storage.ts';

const Remembered = z.object({
  passcode: z._default(z.nullable(z.string()), null),
  /** The secret of an invitation of one's own. */
  invitation: z._default(z.nullable(z.string()), null),
  name: z._default(z.string(), ''),
  /** Of the account that joined; null for a guest. */
  accountId: z._default(z.nullable(z.string()), null),
  /** Joined and not left: a reload of the page goes straight back in. */
  inRoom: z._default(z.boolean(), false),
  /** When the page went away, ms since the epoch; null: it is there, or nobody could say. */
  goneAt: z._default(z.nullable(z.number()), null),
  camera: z._default(z.boolean(), false),
  microphone: z._default(z.boolean(), false),
  cameraId: z._default(z.nullable(z.string()), null),
  microphoneId: z._default(z.nullable(z.string()), null),
  speakerId: z._default(z.nullable(z.string()), null),
});
export type Remembered = z.infer<typeof Remembered>;

/** What this tab knows of one meeting, so that a reload changes nothing. It ends with the tab. */
export class TabMemory {
  readonly #storage: KeyValues;
  readonly #key: string;

  constructor(meetingId: string, storage: KeyValues = tabStorage) {
    this.#storage = storage;
    this.#key = `conclave.visit.${meetingId}`;
  }

  read(): Remembered {
    const read = z.safeParse(Remembered, readJson(this.#storage, this.#key) ?? {});
    return read.success ? read.data : z.parse(Remembered, {});
  }

  update(change: Partial<Remembered>): void {
    this.#storage.set(this.#key, JSON.stringify({ ...this.read(), ...change }));
  }
}
