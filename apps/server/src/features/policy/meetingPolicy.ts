import type { MeetingPolicy, Policy } from '@conclave/protocol';

/** What whoever has a meeting needs to know to choose for it. */
export function meetingPolicy(policy: Policy): MeetingPolicy {
  const { form, screenSharing, fileSharing, chat, privateChat, directPath, straightIn, guests } = policy;
  const { microphoneAtStart, cameraAtStart, participants } = policy;
  const features = { form, screenSharing, fileSharing, chat, privateChat, directPath, straightIn, guests };
  return { ...features, microphoneAtStart, cameraAtStart, participants };
}
