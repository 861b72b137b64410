/** Whether this browser has what a call needs: WebRTC, and a way to encrypt each frame (WebRTC Encoded Transform). */
export function canTakePart(): boolean {
  return typeof RTCPeerConnection !== 'undefined' && typeof RTCRtpScriptTransform !== 'undefined';
}
