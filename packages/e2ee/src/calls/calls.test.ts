import { describe, expect, it } from 'vitest';
import { makeDeviceKey } from '../mls/credential/deviceKey.ts';
import { isSignedAnswer, makeAnswer } from './answer.ts';
import { openCallSecret, sealCallSecret } from './callSecret.ts';

const call = { callId: 'call-1', calleeId: 'grace' };
const meeting = { ...call, meetingId: 'abcde-fghjk-mnpqr-stuvw' };
const passcode = 'kettle-234-orbit';

describe('the secret of a call', () => {
  it('is opened by whoever has answered, and by nobody else', async () => {
    const device = await makeDeviceKey();
    const answer = await makeAnswer(call, device);
    const sealed = await sealCallSecret(meeting, answer, passcode);
    expect(await openCallSecret(meeting, answer, sealed)).toBe(passcode);
    await expect(openCallSecret(meeting, await makeAnswer(call, device), sealed)).rejects.toThrow();
    expect(new TextDecoder().decode(sealed.ct)).not.toContain(passcode);
  });

  it('is bound to the call, the account and the meeting', async () => {
    const answer = await makeAnswer(call, await makeDeviceKey());
    const sealed = await sealCallSecret(meeting, answer, passcode);
    for (const other of [{ callId: 'call-2' }, { calleeId: 'ada' }, { meetingId: 'another' }])
      await expect(openCallSecret({ ...meeting, ...other }, answer, sealed)).rejects.toThrow();
    sealed.ct[0] = (sealed.ct[0] ?? 0) ^ 1;
    await expect(openCallSecret(meeting, answer, sealed)).rejects.toThrow();
  });

  it('is not sealed to an answer that its device has not signed for this call', async () => {
    const answer = await makeAnswer(call, await makeDeviceKey());
    const { key } = await makeAnswer(call, await makeDeviceKey());
    expect(await isSignedAnswer(call, answer)).toBe(true);
    for (const forged of [
      { ...answer, key },
      { ...answer, device: key },
      { ...answer, signature: answer.signature.map((byte) => byte ^ 1) },
      { ...answer, device: new Uint8Array(3) },
    ]) {
      await expect(sealCallSecret(meeting, forged, passcode)).rejects.toThrow();
    }
    await expect(sealCallSecret({ ...meeting, callId: 'call-2' }, answer, passcode)).rejects.toThrow();
    await expect(sealCallSecret({ ...meeting, calleeId: 'ada' }, answer, passcode)).rejects.toThrow();
  });

  it('is as long for every passcode', async () => {
    const answer = await makeAnswer(call, await makeDeviceKey());
    const long = await sealCallSecret(meeting, answer, 'a'.repeat(63));
    const short = await sealCallSecret(meeting, answer, 'a');
    expect(long.ct.length).toBe(short.ct.length);
    await expect(sealCallSecret(meeting, answer, 'a'.repeat(64))).rejects.toThrow(RangeError);
  });
});
