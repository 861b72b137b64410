import { problemOf } from '../devices/problems.ts';
import type { DeviceProblem } from '../devices/types.ts';

export interface ScreenCapture {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack | null;
}

/**
 * Opens the browser's own picker. Windows come first and this tab and surfaces cannot be switched unseen
 * later on, so what was confirmed is what is sent (D2). Fields that a browser does not know are ignored by it.
 */
export async function captureScreen(): Promise<ScreenCapture | DeviceProblem> {
  if (navigator.mediaDevices?.getDisplayMedia === undefined) return 'unsupported';
  try {
    const options: DisplayMediaStreamOptions & Record<string, unknown> = {
      video: { displaySurface: 'window', frameRate: { max: 30 } } as MediaTrackConstraints,
      audio: true,
      selfBrowserSurface: 'exclude',
      surfaceSwitching: 'exclude',
      systemAudio: 'include',
    };
    const stream = await navigator.mediaDevices.getDisplayMedia(options);
    const [video] = stream.getVideoTracks();
    if (video === undefined) return 'failed';
    video.contentHint = 'detail';
    return { video, audio: stream.getAudioTracks()[0] ?? null };
  } catch (error) {
    return problemOf(error);
  }
}
