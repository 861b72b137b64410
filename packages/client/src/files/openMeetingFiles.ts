import type { State } from '../observable.ts';
import { FileServer } from './FileServer.ts';
import { MeetingFiles } from './MeetingFiles.ts';
import { Persistence } from './Persistence.ts';
import type { TransferParts } from './transfers.ts';
import type { SharedFile } from './types.ts';

/** @param shown where the files are to be seen @param origin of the service */
export function openMeetingFiles(
  shown: State<readonly SharedFile[]>,
  origin: string,
  call: TransferParts['call'],
): MeetingFiles {
  return new MeetingFiles({ server: new FileServer(origin), persistence: new Persistence(), call }, shown);
}
