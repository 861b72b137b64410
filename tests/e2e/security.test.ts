import { afterAll, beforeAll, expect, test } from 'vitest';
import { Call, type Member } from './harness/call.ts';
import { asChromium } from './harness/chromium.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { seeMoving } from './harness/media.ts';
import { type Page, patienceMs } from './harness/page.ts';
import { copyLink, join, leave, owner } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';
import { shownCodes } from './in-page/shownCodes.ts';
import { visibleText } from './in-page/visibleText.ts';

// Who is who in a meeting: the tests follow each other as the people in it would.
const green = 'End-to-end encrypted';
const quiet = { camera: false, microphone: false } as const;
let call: Call;
let olivia: Member;
let bob: Member;
let fay: Member;

beforeAll(async () => {
  call = await Call.open();
  olivia = await call.joinAsOwner(quiet);
  bob = await call.joinAsGuest('chromium', { name: 'Bob', ...quiet });
  fay = await call.joinAsGuest('firefox', { name: 'Fay', ...quiet });
}, 240_000);

afterAll(async () => {
  await call?.[Symbol.asyncDispose]();
});

/** Until somebody sees so many people: what follows is about a group that stands. */
async function meet(page: Page, people: number): Promise<void> {
  await waitFor(
    `${people} people`,
    async () => (await page.evaluate(() => document.querySelectorAll('article').length, null)) === people,
    { withinMs: patienceMs },
  );
}

const digitsOf = (page: Page) =>
  waitFor('digits', async () => (await page.evaluate(shownCodes, null)).digits.at(-1) ?? null, {
    withinMs: patienceMs,
  });

test('the shield is green for everybody once keys are agreed on', async () => {
  for (const { page } of [olivia, bob, fay]) {
    await meet(page, 3);
    await page.see('button', green);
  }
}, 90_000);

test('the room code is the same for all three, in both browsers', async () => {
  const codes: { emoji: string; digits: string }[] = [];
  for (const { page } of [olivia, bob, fay]) await page.click('button', green);
  for (const { page } of [olivia, bob, fay]) {
    await waitFor('the code', async () => (await page.evaluate(shownCodes, null)).room === 'known', {
      withinMs: patienceMs,
    });
    const { emoji, digits } = await page.evaluate(shownCodes, null);
    codes.push({ emoji: emoji.join(' '), digits: digits[0] ?? '' });
  }
  expect(codes[0]?.emoji.split(' ')).toHaveLength(7);
  expect(codes[0]?.digits).toMatch(/^[0-9]{30}$/);
  expect(codes[1]).toEqual(codes[0]);
  expect(codes[2]).toEqual(codes[0]);
  expect(await inspect(olivia.page, 'security-panel')).toEqual([]);
}, 120_000);

test('a person’s code is the same on both sides, and with Firefox too', async () => {
  for (const [one, other, oneName, otherName] of [
    [olivia, bob, owner.name, 'Bob'],
    [olivia, fay, owner.name, 'Fay'],
  ] as const) {
    await one.page.click('button', `Verify ${otherName}`);
    await other.page.click('button', `Verify ${oneName}`);
    await one.page.see('dialog', `Verify ${otherName}`);
    await other.page.see('dialog', `Verify ${oneName}`);
    await waitFor('sixty digits', async () => (await digitsOf(one.page)).length === 60, {
      withinMs: patienceMs,
    });
    await waitFor('sixty digits', async () => (await digitsOf(other.page)).length === 60, {
      withinMs: patienceMs,
    });
    expect(await digitsOf(one.page)).toBe(await digitsOf(other.page));
    if (other === bob) expect(await inspect(bob.page, 'security-person')).toEqual([]);
    await one.page.press('Escape');
    if (other === fay) await other.page.press('Escape');
  }
}, 180_000);

test('whoever compared it marks a person as verified, which the list of people shows', async () => {
  const { page } = bob;
  await page.click('button', 'The digits are the same');
  await page.see('button', `Code of ${owner.name}`);
  await page.click('button', 'People');
  await waitFor('the mark', async () => (await markedPeople(page)).includes(owner.name), {
    withinMs: patienceMs,
  });
  expect(await markedPeople(page)).toEqual([owner.name]);
}, 60_000);

test('the mark survives a reload', async () => {
  const { page } = bob;
  await page.reload();
  await page.see('button', 'Leave');
  await meet(page, 3);
  await page.click('button', green);
  await page.see('button', `Code of ${owner.name}`);
}, 90_000);

test('who joins after the code was compared is pointed out', async () => {
  const { page } = olivia;
  await waitFor(
    'a code of this epoch',
    async () => (await page.evaluate(shownCodes, null)).room === 'known',
    {
      withinMs: patienceMs,
    },
  );
  await page.click('button', 'It is the same for everybody');
  await textAppears(page, 'with everybody who was here.');
  expect(await page.has('button', green)).toBe(true);
  const dan = await call.joinAsGuest('chromium', { name: 'Dan', ...quiet });
  await page.see('button', 'Somebody joined since');
  await textAppears(page, 'Dan joined since you compared the room code.');
  expect(await inspect(page, 'security-joined-since')).toEqual([]);
  await waitFor('a code with Dan', async () => (await page.evaluate(shownCodes, null)).room === 'known', {
    withinMs: patienceMs,
  });
  await page.click('button', 'It is the same again');
  await page.see('button', green);
  await dan.page.click('button', 'Leave');
}, 120_000);

test('in another meeting the mark is there still, and a changed device interrupts', async () => {
  for (const { page } of [olivia, bob, fay]) await leave(page);
  await olivia.page.goto(call.product.origin);
  await olivia.page.click('button', 'New meeting');
  // The list has a link to copy too: that of the meeting before.
  await olivia.page.see('button', 'Join');
  const link = await copyLink(olivia.page);
  await join(olivia.page, link, { name: null, ...quiet });
  await join(bob.page, link, { name: 'Bob', ...quiet });
  await meet(bob.page, 2);
  await bob.page.click('button', green);
  await bob.page.see('button', `Code of ${owner.name}`);
  await bob.page.click('button', 'Close');

  await leave(olivia.page);
  await olivia.page.goto(call.product.origin);
  await olivia.page.see('button', 'New meeting');
  await olivia.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('conclave-devices');
        deleting.onsuccess = () => resolve();
        deleting.onerror = () => reject(new Error('not deleted'));
      }),
    null,
  );
  await join(olivia.page, link, { name: null, ...quiet });
  await bob.page.see('alertdialog', `Is this really ${owner.name}?`);
  expect(await inspect(bob.page, 'security-changed')).toEqual([]);
  await bob.page.click('button', 'Not sure yet');
  await bob.page.see('button', 'A device changed');
}, 180_000);

test('to put it off is no answer: it is asked again, and accepting it is one', async () => {
  const { page } = bob;
  await page.reload();
  await page.see('alertdialog', `Is this really ${owner.name}?`);
  await page.click('button', 'It is them');
  await page.see('button', green);
  await page.click('button', green);
  // Accepted is not verified.
  await page.see('button', `Verify ${owner.name}`);
}, 90_000);

test('scanning the other’s code verifies both what they see and what we see', async () => {
  await olivia.page.click('button', green);
  await olivia.page.click('button', 'Verify Bob');
  const qr = await waitFor(
    'the code of the other',
    async () => (await olivia.page.evaluate(shownCodes, null)).qr,
    { withinMs: patienceMs },
  );
  const { page } = bob;
  await page.evaluate(cameraThatSees, qr);
  await page.click('button', `Verify ${owner.name}`);
  await page.click('button', 'Scan their code');
  await page.see('button', `Code of ${owner.name}`);
  await textAppears(page, 'by QR code');
  expect(await page.evaluate(visibleText, null)).toContain('is verified.');
}, 90_000);

test('what is sent without encryption is shown to nobody, and the tile says so', async () => {
  const { page } = olivia;
  await page.press('Escape');
  await bob.page.click('button', 'Turn on camera');
  await seeMoving(page, 'camera', 1, { withinMs: patienceMs });
  // From now on Bob's page leaves out what encrypts, and the browser sends frames as its encoder made them.
  await asChromium(bob.page).playwright.addInitScript(() => {
    Object.defineProperty(RTCRtpSender.prototype, 'transform', { get: () => null, set: () => {} });
  });
  await bob.page.reload();
  await page.see('button', 'Media not verified');
  await textAppears(page, 'Media could not be verified', 'article[aria-label="Bob"]');
  await textAppears(page, 'What comes as Bob’s cannot be verified and may be somebody else’s.', 'aside');
  expect(await inspect(page, 'security-doubt')).toEqual([]);
}, 120_000);

test('no page complained', () => {
  for (const { page, person } of [olivia, bob, fay]) expect(page.complaints(), person.name).toEqual([]);
});

function markedPeople(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      [...document.querySelectorAll('aside li')].flatMap((row) =>
        row.querySelector('[aria-label="Verified"]') === null
          ? []
          : [row.querySelector('[dir="auto"]')?.textContent ?? ''],
      ),
    null,
  );
}

/** From now on the camera sees this drawing. Runs in the page. */
function cameraThatSees({ size, path }: { readonly size: number; readonly path: string }): void {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d');
  const draw = () => {
    if (context === null) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#888';
    context.fillRect(0, 0, 640, 480);
    context.setTransform(400 / size, 0, 0, 400 / size, 120, 40);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#000';
    context.fill(new Path2D(path));
  };
  setInterval(draw, 50);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}
