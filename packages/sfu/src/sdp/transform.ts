/// <reference path="./sdp-transform.d.ts" />
import transform from 'sdp-transform';

/** SDP text to plain values and back. What comes out of `parse` is as unknown as the text that goes in. */
export const { parse, write } = transform;
