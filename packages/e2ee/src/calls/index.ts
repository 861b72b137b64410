export { type AnsweredCall, isSignedAnswer, makeAnswer, type PublicAnswer } from './answer.ts';
export { isStrangeDevice } from './answerTrust.ts';
export { type CallMeeting, openCallSecret, sealCallSecret } from './callSecret.ts';
