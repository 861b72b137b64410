import { runEncryption, type WorkerScope } from '@conclave/e2ee/worker';

// The whole of the worker that holds the keys of one stay in one meeting.
runEncryption(self as unknown as WorkerScope);
