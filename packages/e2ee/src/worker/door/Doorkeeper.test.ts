import { expect, test, vi } from 'vitest';
import { type CredentialFields, devicePublicKey, makeDeviceKey, signAdmission } from '../../mls/index.ts';
import { meetingId, randomId } from '../../mls/testing/people.ts';
import { Doorkeeper, type Newcomer } from './Doorkeeper.ts';

const device = await makeDeviceKey();
const deviceKey = await devicePublicKey(device);

function person(name: string, accountId: string | null = null): CredentialFields {
  const common = { participantId: randomId(), name, deviceKey, notAfter: Date.now() + 1_000 };
  return accountId === null ? { kind: 'guest', ...common } : { kind: 'member', accountId, ...common };
}

const ann = person('Ann', '0f8fad5b-d9cb-469f-a165-70867728950e');

/** Ann is here, and may let people in; nobody comes straight in. */
function keeper() {
  const clock = { now: 0 };
  const door = new Doorkeeper({
    meetingId,
    meeting: null,
    now: () => clock.now,
    wallClock: () => Date.now(),
  });
  door.setRules({ form: 'meeting', straightIn: 'nobody', admitters: [ann.participantId] });
  door.met([ann]);
  return { door, clock };
}

async function admitted(who: CredentialFields): Promise<Newcomer> {
  const admission = await signAdmission(
    meetingId,
    who,
    { participantId: ann.participantId, device },
    Date.now(),
  );
  return { participantId: who.participantId, entry: 'admitted', admission };
}

const change = (...added: readonly CredentialFields[]) => ({
  committer: { ...ann, leafIndex: 0 },
  added,
  removed: [],
});

test('of each one whom a host lets in one signature is looked at, however often it is asked', async () => {
  const { door } = keeper();
  const gus = person('Gus');
  const newcomer = await admitted(gus);
  const verifying = vi.spyOn(crypto.subtle, 'verify');
  try {
    const way = await door.wayOf(newcomer);
    for (let times = 0; times < 3; times++) expect(door.mayEnter(gus, way, 'adding')).toBe(true);
    expect(await door.allows(change(gus), [newcomer])).toBe(true);
    await door.welcome([gus], [newcomer]);
    expect(verifying).toHaveBeenCalledTimes(1);
  } finally {
    verifying.mockRestore();
  }
  expect(door.howIn(gus.participantId)).toEqual({ entry: 'admitted', admittedBy: ann.participantId });
});

test('whom we were in a group with comes into the next one, whatever the rules are by then; nobody else does', async () => {
  const { door, clock } = keeper();
  const [gus, eve] = [person('Gus'), person('Eve')];
  await door.welcome([gus], [await admitted(gus)]);
  door.setRules({ form: 'meeting', straightIn: 'nobody', admitters: [] });
  clock.now = 3_600_000;
  const named = (who: CredentialFields): Newcomer => ({
    participantId: who.participantId,
    entry: 'passcode',
    admission: null,
  });
  expect(await door.allows(change(gus), [named(gus)])).toBe(true);
  expect(await door.allows(change({ ...gus, notAfter: 1 }), [named(gus)])).toBe(true);
  expect(await door.allows(change(eve), [named(eve)])).toBe(false);
  expect(await door.allows(change(gus, eve), [named(gus), named(eve)])).toBe(false);
  const other = new Uint8Array(32).fill(1);
  expect(await door.allows(change({ ...gus, deviceKey: other }), [named(gus)])).toBe(false);
  // How they came first is what is shown still.
  await door.welcome([gus], [named(gus)]);
  expect(door.howIn(gus.participantId)).toEqual({ entry: 'admitted', admittedBy: ann.participantId });
});

test('a word of the server that makes no sense lets in nobody, not even somebody known', async () => {
  const { door } = keeper();
  const gus = person('Gus');
  door.met([gus]);
  const { admission, participantId } = await admitted(gus);
  for (const senseless of [
    { participantId, entry: 'admitted', admission: null },
    { participantId, entry: 'passcode', admission },
  ] as const)
    expect(await door.allows(change(gus), [senseless])).toBe(false);
  const twice = await admitted(gus);
  expect(await door.allows(change(gus, gus), [twice, twice])).toBe(false);
});
