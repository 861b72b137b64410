import { type GroupId, LIMITS, ParticipantId } from '@conclave/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import { connectedMembers, eligible, groupSeatOf, pendingOf } from './groupState.ts';
import type { RoomCommand } from './roomCommands.ts';
import type { RoomEvent } from './roomEvents.ts';
import type { RoomState } from './roomState.ts';
import { enter, noRoom } from './testing/people.ts';

/** What somebody's browser knows: the epoch that it is in, by what it was told and nothing else. */
interface Browser {
  connected: boolean;
  /** `floor`: what they have been in for certain, by a Welcome or by having said so. */
  group: { readonly groupId: GroupId; readonly since: number; floor: number; epoch: number } | null;
}

type Step = readonly [kind: number, who: number, detail: number];

/** A room, and browsers that follow what it says; each expectation is a rule of `decideGroup.ts`. */
class World {
  state: RoomState = noRoom();
  readonly browsers = new Map<ParticipantId, Browser>();
  /** Every commit that was ever accepted, by group and epoch. */
  readonly accepted = new Map<string, string>();
  readonly groups = new Set<GroupId>();
  readonly seen = { commits: 0, missed: 0, behind: 0, foundings: 0, refusals: 0, fallen: 0 };
  #joined = 0;
  #now = 0;

  step([kind, who, detail]: Step): void {
    const ids = [...this.browsers.keys()];
    const id = ids[who % Math.max(1, ids.length)];
    const browser = id === undefined ? undefined : this.browsers.get(id);
    if (id === undefined || browser === undefined || kind === 0) this.#enter();
    else if (kind === 1) this.#leave(id);
    else if (kind === 2) this.#lose(id, browser, detail);
    else if (kind === 3) this.#resume(id, browser, detail);
    else if (kind === 4) this.#pass(detail);
    else if (kind === 5) this.#rejoin(id, browser);
    else if (kind === 6) this.#acknowledge(id, browser);
    else if (kind === 7) this.#commit(id, browser, detail, true);
    else this.#commit(id, browser, detail, false);
  }

  #enter(): void {
    if (this.browsers.size >= 6) return;
    const id = ParticipantId.parse(`p${this.#joined++}`.padStart(16, '0'));
    this.browsers.set(id, { connected: true, group: null });
    this.#do(enter(id, { resumeHash: id }, { keyPackage: `${id}a` }));
    this.#sit(id, null);
  }

  #leave(id: ParticipantId): void {
    this.browsers.delete(id);
    this.#do({ type: 'leave', id, reason: 'left' });
  }

  /** The last things that were said on the socket may not have arrived. */
  #lose(id: ParticipantId, browser: Browser, detail: number): void {
    const pageClosed = detail % 5 === 0;
    browser.connected = false;
    if (pageClosed) browser.group = null;
    if (browser.group !== null)
      browser.group.epoch = Math.max(browser.group.floor, browser.group.epoch - (detail % 3));
    this.#do({ type: 'lose-socket', id, keptUntil: this.#now + 30_000, pageClosed });
  }

  /** Also from another socket while the former one seems to be there. */
  #resume(id: ParticipantId, browser: Browser, detail: number): void {
    const hash = { resumeHash: id, nextHash: id };
    browser.connected = true;
    const { group } = browser;
    if (group === null) {
      this.#do({
        type: 'resume',
        ...hash,
        claim: { kind: 'new', keyPackage: `${id}${detail}`, introduction: null },
      });
      this.#sit(id, null);
      return;
    }
    const { group: now } = this.state;
    const lies = detail % 6 === 0;
    const fits =
      !lies &&
      now.id === group.groupId &&
      now.seats.get(id)?.status === 'member' &&
      now.epoch - group.epoch <= LIMITS.groupMissedCommits;
    const { groupId } = group;
    // Before their own Welcome, or after all that there was.
    const lie = group.since > 0 && detail % 4 === 0 ? group.since - 1 : now.epoch + 1;
    const epoch = lies ? lie : group.epoch;
    this.#do({ type: 'resume', ...hash, claim: { kind: 'kept', groupId, epoch } });
    const seat = groupSeatOf(this.state, id, { groupId, epoch });
    expect(seat.role === 'member').toBe(fits);
    if (seat.role !== 'member') {
      this.seen.behind++;
      this.#sit(id, { groupId, epoch });
      return;
    }
    // R11: all that was missed, in order, and nothing twice.
    for (const missed of seat.missed) {
      expect(missed.epoch).toBe(group.epoch++);
      expect(missed.commit).toBe(this.accepted.get(`${groupId} ${missed.epoch}`));
      this.seen.missed++;
    }
    expect(group.epoch).toBe(this.state.group.epoch);
  }

  #pass(detail: number): void {
    this.#now += detail * 100;
    this.#do({ type: 'expire', now: this.#now });
    // R17
    for (const [, { waitsSince }] of connectedMembers(this.state).length > 0 ? eligible(this.state) : [])
      expect(this.#now - (waitsSince ?? this.#now)).toBeLessThan(LIMITS.groupStalledMs);
    for (const id of this.browsers.keys()) if (!this.state.members.has(id)) this.browsers.delete(id);
  }

  #rejoin(id: ParticipantId, browser: Browser): void {
    if (!browser.connected) return;
    browser.group = null;
    this.#do({ type: 'rejoin-group', id, keyPackage: `${id}b`, introduction: null });
    this.#sit(id, null);
  }

  #acknowledge(id: ParticipantId, { group }: Browser): void {
    const { id: current, epoch } = this.state.group;
    if (group !== null && !this.browsers.get(id)?.connected) return;
    if (group !== null) group.floor = group.epoch;
    this.#do({
      type: 'acknowledge-group',
      id,
      groupId: group?.groupId ?? current,
      epoch: group?.epoch ?? epoch,
    });
  }

  /** @param honest Else somebody commits what comes to mind, member or not. */
  #commit(id: ParticipantId, browser: Browser, detail: number, honest: boolean): void {
    const { group } = browser;
    const { waiting, gone } = pendingOf(this.state);
    const anybody = [...this.state.members.keys()].filter((_, index) => (detail >> (index + 1)) & 1);
    const added = honest
      ? waiting.slice(0, detail % 4).map(({ participantId }) => participantId)
      : detail % 2 === 0
        ? []
        : anybody;
    const nobody = detail % 3 === 0;
    const removed = honest ? gone.slice(0, 1 + (detail % 2)) : nobody ? [] : anybody;
    const epoch = honest ? (group?.epoch ?? 0) : this.state.group.epoch - (detail % 4 === 0 ? 1 : 0);
    const groupId = group?.groupId ?? this.state.group.id;
    const isEmpty = added.length + removed.length === 0;
    if (honest && (group === null || !browser.connected || isEmpty)) return;
    const commit = `${id} ${detail} ${this.seen.commits}`;
    const welcome = added.length > 0 ? 'welcome' : null;
    const taken = this.#do({
      type: 'commit-group',
      id,
      groupId,
      epoch: Math.max(0, epoch),
      commit,
      welcome,
      added,
      removed,
    });
    if (honest) expect(taken).toBe(true);
    // R12
    if (taken) expect(isEmpty).toBe(false);
    // R14
    if (taken) expect(group !== null && browser.connected).toBe(true);
    if (taken && group !== null) group.epoch++;
  }

  /** What the answer to a command of their own tells them. */
  #sit(id: ParticipantId, held: { groupId: GroupId; epoch: number } | null): void {
    const browser = this.browsers.get(id);
    if (browser === undefined) return;
    const seat = groupSeatOf(this.state, id, held);
    expect(seat.role).not.toBe('member');
    browser.group = seat.role === 'founder' ? { groupId: seat.groupId, since: 0, floor: 0, epoch: 0 } : null;
  }

  /** @returns whether it was accepted. */
  #do(command: RoomCommand): boolean {
    const before = this.state;
    const { state, events, refusal } = decide(before, command);
    this.state = state;
    if (refusal !== null) {
      this.seen.refusals++;
      expect(state).toBe(before);
      return false;
    }
    // R10
    const grew = state.group.epoch - before.group.epoch;
    if (state.group.id === before.group.id) expect(grew).toBe(command.type === 'commit-group' ? 1 : 0);
    else {
      expect(state.group.epoch).toBe(0);
      expect(this.groups.has(state.group.id)).toBe(false);
      this.groups.add(state.group.id);
    }
    for (const event of events) this.#hear(event);
    this.#check();
    return true;
  }

  #hear(event: RoomEvent): void {
    switch (event.type) {
      case 'group-committed': {
        const { groupId, commit, to } = event;
        this.seen.commits++;
        this.accepted.set(`${groupId} ${commit.epoch}`, commit.commit);
        const members = [...this.browsers].filter(
          ([id, { connected, group }]) => connected && group?.groupId === groupId && id !== commit.from,
        );
        // R11: every other member, exactly once, each at the epoch before.
        expect([...to].sort()).toEqual(members.map(([id]) => id).sort());
        for (const [, { group }] of members) {
          expect(group?.epoch).toBe(commit.epoch);
          if (group !== null) group.epoch++;
        }
        return;
      }
      case 'group-welcomed':
        for (const id of event.to) {
          const browser = this.browsers.get(id);
          expect(browser).toMatchObject({ connected: true, group: null });
          const { groupId, epoch } = event;
          if (browser !== undefined) browser.group = { groupId, since: epoch, floor: epoch, epoch };
        }
        return;
      case 'group-founded':
        this.seen.foundings++;
        return;
      case 'group-reseated': {
        const browser = this.browsers.get(event.id);
        const { role, groupId } = event.seat;
        expect(browser?.connected).toBe(true);
        // R16, R17
        if (role === 'behind' && browser?.group !== null) this.seen.fallen++;
        if (browser !== undefined)
          browser.group = role === 'founder' ? { groupId, since: 0, floor: 0, epoch: 0 } : null;
        return;
      }
      case 'group-settled':
        for (const id of event.to)
          expect(this.browsers.get(id)?.group).toMatchObject({ groupId: event.groupId, epoch: event.epoch });
        return;
      default:
        return;
    }
  }

  #check(): void {
    const { group, members } = this.state;
    expect([...group.seats.keys()].sort()).toEqual([...members.keys()].sort());
    const inGroup = [...group.seats].filter(([, { status }]) => status === 'member');
    for (const [id] of inGroup) expect(group.gone.has(id)).toBe(false);
    // R13
    const somebodyThere = [...members.values()].some(({ keptUntil }) => keptUntil === null);
    if (somebodyThere) expect(inGroup.length).toBeGreaterThan(0);
  }
}

test('R10 to R14, R16 and R17 hold, whatever people do and whatever their networks do', () => {
  const total = { commits: 0, missed: 0, behind: 0, foundings: 0, refusals: 0, fallen: 0 };
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom(0, 0, 1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 6, 7, 7, 7, 7, 7, 7, 8, 8),
    fc.nat(20),
    fc.nat(60),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
      const world = new World();
      for (const one of steps) world.step(one);
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += world.seen[key];
    }),
    { numRuns: 500 },
  );
  const { fallen, ...often } = total;
  for (const count of Object.values(often)) expect(count).toBeGreaterThan(100);
  expect(fallen).toBeGreaterThan(0);
});
