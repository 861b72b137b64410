import type { RatchetTree } from 'ts-mls';
import { verifyParentHashes } from 'ts-mls/parentHash.js';
import { treeHashRoot } from 'ts-mls/treeHash.js';
import { expect, test } from 'vitest';
import { AuthenticationService } from '../credential/AuthenticationService.ts';
import { deriveMeetingKeys } from '../credential/MeetingKeys.ts';
import { defaultSuite } from '../crypto/suite.ts';
import { MeetingGroup, stateOf } from '../group/MeetingGroup.ts';
import { addTo, groupId, meetingId, psk, seat } from '../testing/people.ts';
import { suite } from '../testing/rogue.ts';
import { checkTree } from './checkTree.ts';
import { rootOf, subtreeHashes } from './hashes.ts';

const authentication = new AuthenticationService(meetingId, await deriveMeetingKeys(psk), Date.now);

/** A group whose tree has inner nodes of several makers, blanks, and a leaf unmerged below and merged above. */
async function grown() {
  const ann = await MeetingGroup.found({ ...seat('Ann'), groupId });
  const groups = [ann];
  for (let index = 1; index < 8; index++) groups.push(await addTo(ann, `P${index}`, groups.slice(1)));
  const commit = async (by: MeetingGroup | undefined, wanted: Parameters<MeetingGroup['commit']>[0]) => {
    if (by === undefined) throw new Error('nobody');
    const made = await by.commit(wanted);
    await by.apply(made);
    for (const group of groups) if (group !== by) await group.process(made.commit);
  };
  const [gone] = groups.splice(6, 1);
  await commit(ann, { remove: [gone?.ownLeaf ?? 0] });
  await commit(groups[4], {});
  groups.push(await addTo(ann, 'New', groups.slice(1)));
  await commit(ann, {});
  return { ann, here: groups };
}

async function check(tree: RatchetTree) {
  const context = {
    ...stateOf((await shared).ann).groupContext,
    treeHash: await treeHashRoot(tree, suite.hash),
  };
  await checkTree(tree, context, suite, defaultSuite, authentication);
}

const shared = grown();

test('who joins takes an honest tree in which a leaf is unmerged at one ancestor and not at a higher one', async () => {
  const { ann, here } = await shared;
  const tree = stateOf(ann).ratchetTree;
  const unmerged = tree.flatMap((node) =>
    node?.nodeType === 'parent' ? [node.parent.unmergedLeaves.length] : [],
  );
  expect(new Set(unmerged).size).toBeGreaterThan(1);
  const last = await addTo(ann, 'Last', here.slice(1));
  expect(last.epochAuthenticator).toEqual(ann.epochAuthenticator);
});

test('hashes and parent hashes are those of the library, reached sooner', async () => {
  const tree = stateOf((await shared).ann).ratchetTree;
  const hashes = await subtreeHashes(tree, suite);
  expect(hashes[rootOf(tree)]).toEqual(await treeHashRoot(tree, suite.hash));
  expect(await verifyParentHashes(tree, suite.hash)).toBe(true);
  await check(tree);
});

test('a tree with a planted key, a forged list of unmerged leaves or a leaf twice is refused', async () => {
  const tree = stateOf((await shared).ann).ratchetTree;
  for (const [index, node] of tree.entries()) {
    if (node?.nodeType !== 'parent') continue;
    const change = (parent: Partial<typeof node.parent>) =>
      tree.with(index, { nodeType: 'parent', parent: { ...node.parent, ...parent } });
    const { unmergedLeaves } = node.parent;
    const forged = [
      change({ hpkePublicKey: crypto.getRandomValues(new Uint8Array(32)) }),
      change({ parentHash: new Uint8Array(32) }),
      change({ unmergedLeaves: [...unmergedLeaves, 40] }),
      change({ unmergedLeaves: [...unmergedLeaves, 0] }),
      change({ unmergedLeaves: unmergedLeaves.length > 0 ? [] : [1] }),
    ];
    for (const bad of forged) await expect(check(bad)).rejects.toMatchObject({ code: 'bad_welcome' });
  }
  await expect(check(tree.with(2, tree[0]))).rejects.toMatchObject({ code: 'duplicate' });
  await expect(check(tree.with(1, tree[0]))).rejects.toThrow();
});
