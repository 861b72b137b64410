import type { MeetingPolicy, Policy } from '@conclave/protocol';

/** What whoever has a meeting needs to know to choose for it. */
export function meetingPolicy(policy: Policy): MeetingPolicy {
  const { screenSharing, fileSharing, chat, directPath, guests } = policy;
  const { microphoneAtStart, cameraAtStart, participants } = policy;
  const features = { screenSharing, fileSharing, chat, directPath, guests };
  return { ...features, microphoneAtStart, cameraAtStart, participants };
}
