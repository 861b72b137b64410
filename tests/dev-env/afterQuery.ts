import type { Kysely } from 'kysely';

/**
 * A database after whose first read of one table something else happens, before whoever has read goes on: the very interleaving
 * that a race needs. `ports` is given it until `Symbol.dispose`.
 */
export function afterQuery<Ports extends { readonly db: Kysely<never> | object }>(
  ports: Ports,
  table: string,
  happens: () => Promise<unknown>,
): Disposable {
  const { db } = ports;
  let pending = true;
  const once = async () => {
    if (!pending) return;
    pending = false;
    await happens();
  };
  const watched = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const built: unknown = Reflect.apply(value, target, given);
        return name === 'selectFrom' && given[0] === table ? watch(built, once) : built;
      };
    },
  });
  Object.assign(ports, { db: watched });
  return {
    [Symbol.dispose]() {
      Object.assign(ports, { db });
      if (pending) throw new Error(`nobody has read ${table}`);
    },
  };
}

function watch(builder: unknown, then: () => Promise<void>): unknown {
  if (typeof builder !== 'object' || builder === null) return builder;
  return new Proxy(builder, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, given);
        if (!String(name).startsWith('execute')) return watch(result, then);
        return Promise.resolve(result).then(async (rows) => {
          await then();
          return rows;
        });
      };
    },
  });
}
