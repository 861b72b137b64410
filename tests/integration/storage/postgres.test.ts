import { afterAll, beforeAll, expect, test } from 'vitest';
import { Secret } from '../../../apps/server/src/secret.ts';
import { openPostgres } from '../../../apps/server/src/storage/postgres.ts';
import { bootServer } from '../../dev-env/bootServer.ts';
import { setUpOwner } from '../../dev-env/people.ts';
import { type PostgresServer, startPostgres } from '../../dev-env/postgres.ts';
import { specifyFactors } from './factorSpecification.ts';
import { specifyStorage } from './specification.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

const open = async () =>
  openPostgres(new Secret(await postgres.makeDatabase()), 5, (fault) => {
    throw fault;
  });
specifyStorage('PostgreSQL', open);
specifyFactors('PostgreSQL', open);

test('the whole service runs on it', async () => {
  const url = await postgres.makeDatabase();
  await using server = await bootServer({ parts: [], settings: { database: { url } } });
  const { client } = await setUpOwner(server);
  expect((await client.call('me')).body).toMatchObject({ account: { role: 'owner' } });
});

test('with the secrets of another data folder the service refuses to start', async () => {
  const url = await postgres.makeDatabase();
  const first = await bootServer({ parts: [], settings: { database: { url } } });
  await first[Symbol.asyncDispose]();
  await expect(bootServer({ parts: [], settings: { database: { url } } })).rejects.toThrow(/secrets\.json/);
});

test('a database that is out of reach is a clear message', async () => {
  const settings = { database: { url: 'postgres://postgres@localhost/none?host=/nowhere' } };
  await expect(bootServer({ parts: [], settings })).rejects.toThrow(/database/);
});
