import { expect, test } from 'vitest';
import { Origins } from './origins.ts';

test('one public origin, exactly', () => {
  const origins = new Origins('https://meet.example.org');
  expect(origins.isAllowed('https://meet.example.org')).toBe(true);
  for (const other of [
    undefined,
    '',
    'null',
    'http://meet.example.org',
    'https://meet.example.org:8443',
    'https://meet.example.org.evil.example',
    'https://evil.example/https://meet.example.org',
    'HTTPS://MEET.EXAMPLE.ORG',
  ]) {
    expect(origins.isAllowed(other)).toBe(false);
  }
});

test('this machine by all its names, on that port', () => {
  const origins = new Origins('http://localhost:8080');
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    expect(origins.isAllowed(`http://${host}:8080`)).toBe(true);
    expect(origins.isAllowed(`http://${host}:8081`)).toBe(false);
    expect(origins.isAllowed(`https://${host}:8080`)).toBe(false);
  }
  origins.settle('http://localhost:9');
  expect(origins.isAllowed('http://localhost:8080')).toBe(false);
});
