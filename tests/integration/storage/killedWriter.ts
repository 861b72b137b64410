// A process that writes as fast as it can and says each write on standard output once it is acknowledged, until
// it is killed. Its argument is the data folder.
import { randomBytes, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { AccountId, MeetingId } from '@conclave/protocol';
import { configFrom } from '@conclave/server';
import { openContext } from '../../../apps/server/src/context.ts';
import { insertAccount } from '../../../apps/server/src/storage/repositories/accounts.ts';
import { insertMeeting, markMeetingUsed } from '../../../apps/server/src/storage/repositories/meetings.ts';
import { makeMeetingId } from '../../dev-env/meetings.ts';

const dataFolder = process.argv[2] ?? '';
const context = await openContext({
  config: configFrom({ dataFolder, log: { level: 'silent' } }, dataFolder),
});
const { db } = context.database;
const accountId = AccountId.parse(randomUUID());
await insertAccount(db, {
  id: accountId,
  email: `${accountId}@example.org`,
  name: 'Writer',
  role_id: 'organiser',
  password_hash: 'none',
  created_at: new Date(),
});
say('ready');
await Promise.all([plainWrites(), plainWrites(), transactions()]);

async function plainWrites(): Promise<never> {
  for (;;) {
    const id = await addMeeting(db);
    say(`made ${id}`);
    await markMeetingUsed(db, id, new Date());
    say(`used ${id}`);
  }
}

async function transactions(): Promise<never> {
  for (;;) {
    const ids = await db.transaction().execute(async (transaction) => {
      const first = await addMeeting(transaction);
      return [first, await addMeeting(transaction)];
    });
    for (const id of ids) say(`made ${id}`);
  }
}

async function addMeeting(handle: typeof db): Promise<MeetingId> {
  const id = MeetingId.parse(makeMeetingId());
  const row = { id, owner_id: accountId, title: null, verifier: randomBytes(32), created_at: new Date() };
  await insertMeeting(handle, {
    ...row,
    last_used_at: null,
    choices: {},
    schedule: null,
    sequence: 0,
    is_call: false,
  });
  return id;
}

/** Straight to the pipe: what was said is with the reader, whatever happens to this process next. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
