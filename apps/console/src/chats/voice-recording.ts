import { useCallback, useEffect, useRef, useState } from 'react';
import { oggOf } from './ogg.encoder.js';
import { opusInWebm } from './webm.codec.js';

/** A recorded voice message. */
export interface VoiceNote {
  readonly file: File;
  readonly seconds: number;
  /** Phones do not play the file unless it is converted. */
  readonly convert: boolean;
}

export type RecordingFault = 'refused' | 'none';

export interface VoiceRecording {
  /** Browsers provide no microphone to pages that were loaded unencrypted from another host. */
  readonly possible: boolean;
  /** Seconds since the start; `null` if no recording is in progress. */
  readonly elapsed: number | null;
  readonly fault: RecordingFault | null;
  readonly start: () => void;
  /** Resolves to `null` if nothing was recorded. */
  readonly finish: () => Promise<VoiceNote | null>;
  readonly discard: () => void;
}

const OGG = 'audio/ogg; codecs=opus';
/** In order of preference: phones play the first type, the second contains the same audio, and the others must be converted. */
const TYPES = [OGG, 'audio/webm;codecs=opus', 'audio/mp4', ''];

interface Running {
  readonly recorder: MediaRecorder;
  readonly stream: MediaStream;
  readonly parts: Blob[];
  readonly startedAt: number;
}

/** Records a voice message with the microphone. The recording is discarded when the component unmounts. */
export function useVoiceRecording(): VoiceRecording {
  const running = useRef<Running | null>(null);
  const [elapsed, setElapsed] = useState<number | null>(null);
  const [fault, setFault] = useState<RecordingFault | null>(null);

  const release = useCallback((): void => {
    running.current?.stream.getTracks().forEach(track => track.stop());
    running.current = null;
    setElapsed(null);
  }, []);
  useEffect(() => release, [release]);
  const ticking = elapsed !== null;
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => running.current && setElapsed((performance.now() - running.current.startedAt) / 1_000), 250);
    return () => clearInterval(timer);
  }, [ticking]);

  const start = useCallback(async (): Promise<void> => {
    setFault(null);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const mimeType = TYPES.find(type => type === '' || MediaRecorder.isTypeSupported(type)) ?? '';
      const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32_000, ...(mimeType === '' ? {} : { mimeType }) });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.start();
      running.current = { recorder, stream, parts, startedAt: performance.now() };
      setElapsed(0);
    } catch (thrown) {
      setFault(thrown instanceof DOMException && thrown.name === 'NotFoundError' ? 'none' : 'refused');
    }
  }, []);

  const finish = useCallback(async (): Promise<VoiceNote | null> => {
    const now = running.current;
    if (now === null) return null;
    const seconds = Math.max(1, Math.round((performance.now() - now.startedAt) / 1_000));
    await new Promise<void>(resolve => {
      now.recorder.onstop = () => resolve();
      now.recorder.stop();
    });
    release();
    const recorded = new Blob(now.parts, { type: now.recorder.mimeType });
    return recorded.size === 0 ? null : { ...(await playable(recorded)), seconds };
  }, [release]);

  const possible = typeof MediaRecorder !== 'undefined' && navigator.mediaDevices !== undefined;
  return { possible, elapsed, fault, start: () => void start(), finish, discard: release };
}

/** Returns an Ogg file, which phones play, if the recording contains Opus; otherwise the recording itself, which must be converted. */
async function playable(recorded: Blob): Promise<{ file: File; convert: boolean }> {
  if (recorded.type.startsWith('audio/ogg')) return { file: new File([recorded], 'voice.ogg', { type: OGG }), convert: false };
  const sound = opusInWebm(new Uint8Array(await recorded.arrayBuffer()));
  if (sound === null) return { file: new File([recorded], 'voice', { type: recorded.type }), convert: true };
  return { file: new File([oggOf(sound) as Uint8Array<ArrayBuffer>], 'voice.ogg', { type: OGG }), convert: false };
}
