import type {} from './readStamps.ts';
import type {} from './stampedDevices.ts';

/** The caller's half of a call between two pages without a server: sends what the stamped devices give. Runs in the page. */
export async function offerDirectCall(maxBitrate: number): Promise<string> {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  window.__direct = peer;
  for (const track of window.__stamped.getTracks()) {
    const video = track.kind === 'video';
    const transceiver = peer.addTransceiver(track, {
      direction: 'sendonly',
      streams: [window.__stamped],
      ...(video ? { sendEncodings: [{ maxBitrate }] } : {}),
    });
    const codecs = RTCRtpReceiver.getCapabilities(track.kind)?.codecs ?? [];
    const forwarded = ['audio/opus', 'video/vp8', 'video/rtx'];
    transceiver.setCodecPreferences(
      codecs.filter(({ mimeType }) => forwarded.includes(mimeType.toLowerCase())),
    );
  }
  await peer.setLocalDescription();
  await gathered(peer);
  return peer.localDescription?.sdp ?? '';

  function gathered(peer: RTCPeerConnection): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (peer.iceGatheringState === 'complete') resolve();
      };
      peer.onicegatheringstatechange = look;
      look();
    });
  }
}

/** The other half: shows and plays what comes. Runs in the page. */
export async function answerDirectCall(sdp: string): Promise<string> {
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  window.__direct = peer;
  const video = document.createElement('video');
  video.id = 'direct';
  video.autoplay = true;
  // As large as the tile that it is compared with, and in sight: what cannot be seen is not presented.
  video.style.cssText = 'position:fixed;left:0;top:0;width:320px;z-index:9';
  document.body.append(video);
  peer.ontrack = ({ streams: [stream] }) => {
    video.srcObject = stream ?? null;
  };
  await peer.setRemoteDescription({ type: 'offer', sdp });
  await peer.setLocalDescription();
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (peer.iceGatheringState === 'complete') resolve();
    };
    peer.onicegatheringstatechange = look;
    look();
  });
  return peer.localDescription?.sdp ?? '';
}

/** Runs in the page. */
export async function acceptDirectCall(sdp: string): Promise<void> {
  await window.__direct.setRemoteDescription({ type: 'answer', sdp });
}
