import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** A PostgreSQL server of our own, on a Unix socket in a folder of its own. */
export interface PostgresServer extends AsyncDisposable {
  /** Makes an empty database and gives its URL. */
  makeDatabase(): Promise<string>;
}

/** Debian's programs; the newest version that is installed. @throws when there is none */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'conclave-postgres-'));
  const user = runAs(folder);
  const data = join(folder, 'data');
  execFileSync(
    ...user(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']),
    {
      stdio: 'ignore',
      cwd: folder,
    },
  );
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=50',
  ];
  const server = spawn(
    ...user(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])]),
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(server, 'exit');
  for await (const line of createInterface(server.stderr)) {
    if (line.includes('ready to accept connections')) break;
  }
  server.stderr.resume();

  const urlOf = (database: string) => `postgres://postgres@localhost/${database}?host=${folder}`;
  let made = 0;
  return {
    async makeDatabase() {
      const name = `conclave_${++made}`;
      const client = new pg.Client(urlOf('postgres'));
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return urlOf(name);
    },
    async [Symbol.asyncDispose]() {
      // SIGQUIT ends it at once: nothing in it is to be kept.
      execFileSync(...user(join(programs, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']), {
        stdio: 'ignore',
        cwd: folder,
      });
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPrograms(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root)
    ? readdirSync(root).sort((one, other) => Number(other) - Number(one))
    : [];
  const found = versions
    .map((version) => join(root, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (found === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return found;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function runAs(folder: string): (program: string, args: string[]) => [string, string[]] {
  if (process.getuid?.() !== 0) return (program, args) => [program, args];
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  chownSync(folder, id('-u'), id('-g'));
  return (program, args) => ['runuser', ['-u', 'postgres', '--', program, ...args]];
}
