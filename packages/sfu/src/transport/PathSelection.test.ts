import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { PathSelection } from './PathSelection.ts';
import type { PeerPath } from './PeerPath.ts';

const MOST = 8;
/** ms; as the class has it. */
const DESERTED = 1_000;

class Path implements PeerPath {
  readonly name: number;

  constructor(name: number) {
    this.name = name;
  }

  send(): boolean {
    return true;
  }

  close(): void {}
}

const paths = Array.from({ length: 14 }, (_, name) => new Path(name));
const [a, b, c] = paths as [Path, Path, Path];

let selection: PathSelection;
beforeEach(() => {
  selection = new PathSelection();
});

test('before any check there is nothing', () => {
  expect(selection).toMatchObject({ selected: null, size: 0, heardAt: Number.NEGATIVE_INFINITY });
  expect(selection.has(a)).toBe(false);
});

test('the first path is used until one is nominated', () => {
  selection.onCheck(a, false, 0);
  selection.onCheck(b, false, 1);
  expect(selection.selected).toBe(a);
  selection.onCheck(b, true, 2);
  expect(selection.selected).toBe(b);
  expect([selection.has(a), selection.has(b), selection.has(c), selection.size]).toEqual([
    true,
    true,
    false,
    2,
  ]);
});

test('a path may be nominated with its first check', () => {
  selection.onCheck(a, false, 0);
  selection.onCheck(b, true, 1);
  expect(selection.selected).toBe(b);
});

test('the last nomination wins, and is not taken back by checks that nominate nothing', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, true, 1);
  selection.onCheck(a, false, 2);
  selection.onCheck(c, false, 3);
  expect(selection.selected).toBe(b);
  selection.onCheck(a, true, 4);
  expect(selection.selected).toBe(a);
});

test('while media comes over the path in use, a nomination counts once media comes over the other one', () => {
  selection.onCheck(a, true, 0);
  selection.onPacket(a, 10);
  // It may be a replay, from the address of whoever has seen it.
  selection.onCheck(b, true, 20);
  expect(selection.selected).toBe(a);
  selection.onCheck(c, true, 30);
  selection.onPacket(b, 40);
  expect(selection.selected).toBe(a);
  selection.onPacket(c, 50);
  expect(selection.selected).toBe(c);
});

test('when no media comes over it any more, a nomination counts at once', () => {
  selection.onCheck(a, true, 0);
  selection.onPacket(a, 10);
  selection.onCheck(a, true, 900);
  selection.onCheck(b, true, 10 + DESERTED);
  expect(selection.selected).toBe(a);
  selection.onCheck(b, true, 11 + DESERTED);
  expect(selection.selected).toBe(b);
});

test('tells which paths media comes over', () => {
  selection.onCheck(a, true, 0);
  expect(selection.isUsed(a, 0)).toBe(false);
  selection.onPacket(a, 10);
  expect([selection.isUsed(a, 10 + DESERTED), selection.isUsed(a, 11 + DESERTED)]).toEqual([true, false]);
  expect(selection.isUsed(b, 10)).toBe(false);
});

test('before a nomination media shows which path the browser uses', () => {
  selection.onCheck(a, false, 0);
  selection.onCheck(b, false, 0);
  selection.onPacket(b, 1);
  expect(selection.selected).toBe(b);
});

test('a nominated path that is not silent is kept, whatever comes over others', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 0);
  for (let time = 0; time < 10_000; time += 500) {
    if (time % 1_000 === 0) selection.onCheck(a, false, time);
    else selection.onPacket(a, time);
    selection.onPacket(b, time);
    expect(selection.selected).toBe(a);
  }
});

test('a nominated path that is silent is left for the one that media comes over', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 0);
  selection.onPacket(b, DESERTED);
  expect(selection.selected).toBe(a);
  selection.onPacket(b, DESERTED + 1);
  expect(selection.selected).toBe(b);
});

test('silence alone moves nothing, nor does a check elsewhere', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 60_000);
  expect(selection.selected).toBe(a);
});

test('a path taken for the silence of another is kept like a nominated one', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 0);
  selection.onPacket(b, 2_000);
  selection.onPacket(a, 2_500);
  expect(selection.selected).toBe(b);
  selection.onPacket(a, 2_000 + DESERTED + 1);
  expect(selection.selected).toBe(a);
});

test('tells when anything genuine came last', () => {
  selection.onCheck(a, true, 10);
  expect(selection.heardAt).toBe(10);
  selection.onCheck(b, false, 30);
  expect(selection.heardAt).toBe(30);
  selection.onPacket(a, 40);
  expect(selection.heardAt).toBe(40);
  selection.remove(a);
  expect(selection.heardAt).toBe(30);
});

test('at most eight are kept: the one that was checked longest ago makes room, the selected one never', () => {
  selection.onCheck(a, true, 0);
  for (const [index, path] of paths.slice(1, MOST).entries())
    expect(selection.onCheck(path, false, index + 1)).toEqual([]);
  // It is no longer the one that was checked longest ago.
  selection.onCheck(b, false, 20);
  const [ninth, tenth] = paths.slice(MOST) as [Path, Path];
  expect(selection.onCheck(ninth, false, 21)).toEqual([paths[2]]);
  expect(selection.onCheck(tenth, false, 22)).toEqual([paths[3]]);
  expect(selection.size).toBe(MOST);
  expect([a, b, ninth, tenth].every((path) => selection.has(path))).toBe(true);
  expect(selection.selected).toBe(a);
});

test('the path in use goes, and the one heard last takes its place; then media may move it', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 1);
  selection.onCheck(c, false, 2);
  selection.onPacket(b, 3);
  selection.remove(a);
  expect(selection.selected).toBe(b);
  selection.onPacket(c, 4);
  expect(selection.selected).toBe(c);
  selection.remove(b);
  expect(selection.selected).toBe(c);
  selection.remove(c);
  expect(selection).toMatchObject({ selected: null, size: 0 });
  selection.onCheck(a, false, 5);
  expect(selection.selected).toBe(a);
});

test('a path that is unknown may be removed', () => {
  selection.onCheck(a, true, 0);
  selection.remove(b);
  expect(selection).toMatchObject({ selected: a, size: 1 });
});

test('clear gives all back and begins anew', () => {
  selection.onCheck(a, true, 0);
  selection.onCheck(b, false, 0);
  expect(selection.clear()).toEqual([a, b]);
  expect(selection).toMatchObject({ selected: null, size: 0, heardAt: Number.NEGATIVE_INFINITY });
  expect(selection.clear()).toEqual([]);
  // The nomination is forgotten too.
  selection.onCheck(a, false, 1);
  selection.onCheck(b, false, 1);
  selection.onPacket(b, 2);
  expect(selection.selected).toBe(b);
});

const step = fc.record({
  act: fc.constantFrom('check', 'nominate', 'packet', 'remove'),
  path: fc.constantFrom(...paths),
  after: fc.integer({ min: 0, max: 1_500 }),
});

test('whatever happens: it changes for a reason, and one is in use as long as there is one', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const tested = new PathSelection();
      /** What the test knows: when each path was heard last, and which of them there are. */
      const heard = new Map<PeerPath, number>();
      const media = new Map<PeerPath, number>();
      let nominee: PeerPath | null = null;
      let nominated = false;
      let time = 0;
      for (const { act, path, after } of steps) {
        time += after;
        const former = tested.selected;
        const formerHeard = heard.get(former ?? path) ?? 0;
        if (act === 'remove') {
          tested.remove(path);
          heard.delete(path);
          media.delete(path);
          if (nominee === path) nominee = null;
          if (path === former) nominated = false;
          else expect(tested.selected).toBe(former);
          if (path === former && heard.size > 0)
            expect(heard.get(tested.selected ?? path)).toBe(Math.max(...heard.values()));
        } else if (act === 'packet') {
          // The endpoint hands over only what comes over a path that is known.
          if (!heard.has(path)) continue;
          tested.onPacket(path, time);
          heard.set(path, time);
          media.set(path, time);
          const moves = !nominated || time - formerHeard > DESERTED || path === nominee;
          expect(tested.selected).toBe(moves ? path : former);
          if (moves && path !== former) {
            nominated ||= path === nominee;
            nominee = null;
          }
        } else {
          const gone = tested.onCheck(path, act === 'nominate', time);
          heard.set(path, time);
          const nominates = act === 'nominate';
          const isUsed = former !== null && former !== path && time - (media.get(former) ?? -1e9) <= DESERTED;
          const moves = former === null || (nominates && !isUsed);
          expect(tested.selected).toBe(moves ? path : former);
          if (moves) {
            nominated ||= nominates;
            nominee = null;
          } else if (nominates) nominee = path;
          for (const each of gone) {
            heard.delete(each);
            media.delete(each);
            if (each === nominee) nominee = null;
          }
          expect(gone).not.toContain(path);
          expect(gone).not.toContain(tested.selected);
        }
        expect(tested.size).toBe(heard.size);
        expect(tested.size).toBeLessThanOrEqual(MOST);
        expect(paths.filter((each) => tested.has(each))).toEqual(paths.filter((each) => heard.has(each)));
        expect(tested.selected === null ? heard.size === 0 : heard.has(tested.selected)).toBe(true);
        expect(tested.heardAt).toBe(Math.max(Number.NEGATIVE_INFINITY, ...heard.values()));
      }
    }),
  );
});
