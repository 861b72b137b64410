import { expect, test } from 'vitest';
import { MeetingGroup } from './group/MeetingGroup.ts';
import { OrderingServer } from './testing/OrderingServer.ts';
import { addTo, groupId, seat } from './testing/people.ts';
import { SimulatedClient } from './testing/SimulatedClient.ts';

/** `CONCLAVE_MLS_RUNS=2000` takes longer and finds more. `CONCLAVE_MLS_SEED` is the first run's. */
const runs = Number(process.env['CONCLAVE_MLS_RUNS'] ?? 200);
const firstSeed = Number(process.env['CONCLAVE_MLS_SEED'] ?? 1);

/** Mulberry32: small, seeded, good enough for schedules. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

class Scenario {
  readonly server = new OrderingServer();
  readonly clients: SimulatedClient[] = [];
  readonly random: (below: number) => number;
  now = 0;

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  async run(steps: number): Promise<void> {
    const founder = this.#newClient();
    await founder.found(this.now);
    for (let count = 1 + this.random(3); count > 0; count--) await this.#newClient().join();
    for (let step = 0; step < steps; step++) {
      if (this.random(5) === 0) await this.#event();
      else for (let count = 0; count < 3; count++) await this.#progress();
      this.agree();
    }
    for (let quiet = 0; quiet < 8; ) quiet = (await this.#settle()) ? 0 : quiet + 1;
  }

  /** Whoever is at one epoch has one view of it. */
  agree(): void {
    const views = new Map<number, string>();
    for (const { group } of this.#present()) {
      const members = group.members().map(({ leafIndex, participantId }) => `${leafIndex}=${participantId}`);
      const view = `${Buffer.from(group.epochAuthenticator).toString('hex')} ${members.join()}`;
      expect(views.get(group.epoch) ?? view).toBe(view);
      views.set(group.epoch, view);
    }
  }

  /** In the end all who are here are in, at the server's epoch, and nobody else is. */
  finished(): void {
    const alive = this.clients.filter((client) => client.alive);
    const ids = alive.map((client) => client.participantId).sort();
    for (const client of alive) {
      expect(client.refused).toEqual([]);
      expect(client.group?.epoch).toBe(this.server.epoch);
      expect(
        client.group
          ?.members()
          .map((member) => member.participantId)
          .sort(),
      ).toEqual(ids);
    }
    this.agree();
  }

  async #event(): Promise<void> {
    const present = this.#present();
    const client = present[this.random(present.length)]?.client;
    switch (this.random(4)) {
      case 0:
        if (this.clients.length < 7) await this.#newClient().join();
        return;
      case 1:
        // The last one who is in stays: a group without members is over, which is not the group's matter.
        if (client !== undefined && this.#othersWhoStay(client) > 0) {
          client.alive = false;
          this.server.leave(client.participantId);
        }
        return;
      case 2:
        if (client !== undefined && this.#othersWhoStay(client) > 0) await client.join();
        return;
      default:
        await client?.say(this.random(256));
    }
  }

  /** Something happens somewhere: a delivery, a send, or time passes and somebody looks at the clock. */
  async #progress(): Promise<void> {
    const client = this.clients[this.random(this.clients.length)];
    if (client?.alive !== true) return;
    const what = this.random(5);
    if (what <= 2) await client.takeOne(this.now);
    else if (what === 3) client.outbox.shift()?.();
    else {
      this.now += this.random(350);
      await client.tick(this.now);
    }
  }

  /** Everybody does all there is to do; false when that was nothing. */
  async #settle(): Promise<boolean> {
    let busy = false;
    this.now += 150;
    for (const client of this.clients) {
      if (!client.alive) continue;
      for (; client.inbox.length > 0; busy = true) await client.takeOne(this.now);
      await client.tick(this.now);
      for (; client.outbox.length > 0; busy = true) client.outbox.shift()?.();
    }
    return busy;
  }

  #othersWhoStay(client: SimulatedClient): number {
    return this.#present().filter((other) => other.client !== client && this.server.holds(other.client))
      .length;
  }

  #present() {
    return this.clients.flatMap((client) =>
      client.alive && client.group !== null ? [{ client, group: client.group }] : [],
    );
  }

  #newClient(): SimulatedClient {
    const client = new SimulatedClient(`P${this.clients.length}`, this.server);
    this.clients.push(client);
    return client;
  }
}

test(
  `all who are in agree at every epoch, and all who are here get in: ${runs} random schedules`,
  async () => {
    let epochs = 0;
    let lost = 0;
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      const scenario = new Scenario(seed);
      try {
        await scenario.run(60);
        scenario.finished();
        epochs += scenario.server.epoch;
        lost += scenario.server.lost;
      } catch (error) {
        throw new Error(`the schedule of seed ${seed} fails`, { cause: error });
      }
    }
    // The schedules are worth their time: several epochs each, and commits that raced.
    expect(epochs / runs).toBeGreaterThan(2);
    expect(lost / runs).toBeGreaterThan(0.1);
  },
  60_000 + runs * 500,
);

test('a server that splits the group is noticed: the halves do not understand each other', async () => {
  const founder = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const bob = await addTo(founder, 'Bob');
  const cat = await addTo(founder, 'Cat', [bob]);
  const dan = await addTo(founder, 'Dan', [bob, cat]);
  const [one, other] = [await founder.commit({}), await bob.commit({})];
  await founder.apply(one);
  await cat.process(one.commit);
  await bob.apply(other);
  await dan.process(other.commit);
  expect([founder.epoch, cat.epoch, bob.epoch, dan.epoch]).toEqual([4, 4, 4, 4]);
  expect(cat.epochAuthenticator).toEqual(founder.epochAuthenticator);
  expect(dan.epochAuthenticator).toEqual(bob.epochAuthenticator);
  expect(bob.epochAuthenticator).not.toEqual(founder.epochAuthenticator);
  await expect(cat.process(await bob.seal(Uint8Array.of(1)))).rejects.toMatchObject({ code: 'bad_message' });
  await expect(dan.process((await cat.commit({})).commit)).rejects.toMatchObject({ code: 'bad_commit' });
  // A commit from before the split brings nobody together again.
  await expect(dan.process(one.commit)).rejects.toMatchObject({ code: 'stale_epoch' });
});
