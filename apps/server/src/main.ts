import { loadConfig } from './config/config.ts';
import { describeMediaPorts } from './media/mediaPorts.ts';
import { type RunningServer, startServer } from './start.ts';
import { StartRefused } from './startRefused.ts';

const stopWithinMs = 10_000;

try {
  const server = await startServer({ config: loadConfig(process.env, process.cwd()) });
  welcome(server);
  stopOn(['SIGTERM', 'SIGINT'], server);
  endOnFault(server);
} catch (fault) {
  if (!(fault instanceof StartRefused)) throw fault;
  console.error(`\nConclave did not start.\n${fault.message}\n`);
  process.exitCode = 1;
}

function welcome(server: RunningServer): void {
  const lines = [
    '',
    `  Conclave is ready:  ${server.origin}`,
    `  Media comes in on:  ${describeMediaPorts(server.context.config)}`,
    '',
  ];
  if (server.ownerLink !== null) {
    lines.push(
      '  There is no owner yet. Open this link to make the owner account.',
      '  It works once, for a day; the next start prints a new one:',
      '',
      `  ${server.ownerLink}`,
      '',
    );
  }
  console.log(lines.join('\n'));
}

function stopOn(signals: readonly NodeJS.Signals[], server: RunningServer): void {
  let stopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      const timer = setTimeout(() => {
        console.error('Conclave did not stop in time and was ended.');
        process.exit(1);
      }, stopWithinMs);
      timer.unref();
      server[Symbol.asyncDispose]().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** A fault that nobody caught: the state is not to be trusted. Said in the log's own form, and left to a restart. */
function endOnFault(server: RunningServer): void {
  process.on('uncaughtException', (fault) => {
    server.context.log.fatal({ fault }, 'a fault that nobody caught');
    process.exit(1);
  });
}
