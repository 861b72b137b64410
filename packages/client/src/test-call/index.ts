import { createMeeting } from '../meeting/createMeeting.ts';
import { newMeetingSecret } from '../meeting/newMeeting.ts';
import { Echo } from './Echo.ts';
import { EchoCall, type EchoCallPorts, SPEAKS_MS } from './EchoCall.ts';
import type { TestCall } from './types.ts';

export { SPEAKS_MS } from './EchoCall.ts';
export type * from './types.ts';

export type TestCallOptions = Pick<EchoCallPorts, 'devices' | 'identity' | 'openWorker' | 'begin'>;

/** Calls oneself through the server. To be called while a click is handled, so that sound may be played. */
export function startTestCall(options: TestCallOptions): TestCall {
  return new EchoCall({
    ...options,
    makeMeeting: newMeetingSecret,
    createMeeting,
    echo: new Echo(SPEAKS_MS, options.devices.state.get().speakerId),
  });
}
