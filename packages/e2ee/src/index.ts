export * from './base64url.ts';
export * from './meeting-secret/meetingSecret.ts';
export * from './meeting-secret/passcode.ts';
