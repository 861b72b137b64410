import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'vitest';
import { Call } from './harness/call.ts';
import { seeMoving } from './harness/media.ts';

// Takes the README's picture of the room anew: ROOM_PICTURE=1 npm run browsers -- roomPicture
const guests = [
  { name: 'Amara Diallo', tone: 600, portrait: { backdrop: 200, clothes: 20, hair: 170, skin: 105 } },
  { name: 'Jonas Weber', tone: 700, portrait: { backdrop: 120, clothes: 300, hair: 140, skin: 185 } },
  { name: 'Mei Tanaka', tone: 800, portrait: { backdrop: 40, clothes: 210, hair: 0, skin: 170 } },
] as const;

test.runIf(process.env['ROOM_PICTURE'] === '1')(
  'the room, as the README shows it',
  async () => {
    await using call = await Call.open(
      {},
      { portrait: { backdrop: 290, clothes: 100, hair: 120, skin: 150 } },
    );
    const { page } = await call.joinAsOwner({ microphone: false });
    for (const guest of guests) {
      await call.joinAsGuest('chromium', { ...guest, microphone: guest.name === 'Mei Tanaka' });
    }
    await seeMoving(page, 'camera', guests.length, { withinMs: 120_000 });
    // Announcements of who came in fade away.
    await delay(20_000);
    await mkdir('docs/images', { recursive: true });
    await page.screenshot('docs/images/room.png');
  },
  400_000,
);
