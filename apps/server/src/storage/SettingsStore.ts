import type * as z from 'zod/mini';
import type { Clock } from '../clock.ts';
import { Notifier } from '../notifier.ts';
import { readSetting, writeSetting } from './repositories/settings.ts';
import type { Db } from './tables.ts';

/** What administrators set in the service itself. Each key has one schema; what is stored is checked when it is read too. */
export class SettingsStore {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #changed: Notifier<string>;

  constructor(db: Db, clock: Clock, onFault: (fault: unknown) => void) {
    this.#db = db;
    this.#clock = clock;
    this.#changed = new Notifier(onFault);
  }

  /** Undefined when it was never written. @throws ZodError when what is stored does not fit any more. */
  async read<S extends z.ZodMiniType>(key: string, schema: S): Promise<z.output<S> | undefined> {
    const value = await readSetting(this.#db, key);
    return value === undefined ? undefined : schema.parse(value);
  }

  /** It is stored when this resolves; then the listeners are told. */
  async write<S extends z.ZodMiniType>(key: string, schema: S, value: z.input<S>): Promise<void> {
    await writeSetting(this.#db, key, schema.parse(value), new Date(this.#clock()));
    this.#changed.tell(key);
  }

  /** Told the key of each setting that was written. */
  onChange(listener: (key: string) => void): Disposable {
    return this.#changed.listen(listener);
  }
}
