import type { Target } from '../Target.ts';
import { dependencyDescriptor, h264, vp8 } from './codecs.ts';
import { control, offer } from './control.ts';
import { reception } from './reception.ts';
import { rtcp } from './rtcp.ts';
import { rtp } from './rtp.ts';
import { records, srtp, stun } from './transport.ts';

/** Everything that reads what strangers send, by the name that `--target` takes. */
export const targets: Readonly<Record<string, Target>> = {
  ...{ rtp, rtcp, vp8, h264, dependencyDescriptor, offer, control, reception, stun, records, srtp },
};
