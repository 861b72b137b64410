import { deriveMeetingSecret, makePasscode, randomString, toBase64Url, verifierOf } from '@conclave/e2ee';

/** A meeting's id: four groups of five characters, 99 random bits. */
export function newMeetingId(): string {
  return [1, 2, 3, 4].map(() => randomString(5)).join('-');
}

/** Everything that a new meeting starts with. The passcode stays in this browser; the verifier goes to the server. */
export async function newMeetingSecret(): Promise<{ id: string; passcode: string; verifier: string }> {
  const id = newMeetingId();
  return { id, ...(await newPasscode(id)) };
}

/** Another passcode for a meeting that there is: links with the former one end. */
export async function newPasscode(meetingId: string): Promise<{ passcode: string; verifier: string }> {
  const passcode = makePasscode();
  const secret = await deriveMeetingSecret(meetingId, passcode);
  return { passcode, verifier: toBase64Url(await verifierOf(secret)) };
}
