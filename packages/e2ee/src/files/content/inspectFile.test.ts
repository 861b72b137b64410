import { describe, expect, it } from 'vitest';
import { zipOf } from '../testing/zipOf.ts';
import { inspectFile } from './inspectFile.ts';

const bytes = (hex: string, size = 64) => {
  const all = new Uint8Array(size);
  all.set(Buffer.from(hex, 'hex'));
  return new Blob([all]);
};
const text = (content: string) => new Blob([content]);
const utf16 = (content: string) => new Blob([Buffer.from(`\ufeff${content}`, 'utf16le')]);
const compound = (name: string) =>
  new Blob([Buffer.from('d0cf11e0a1b11ae1', 'hex'), new Uint8Array(1_048_570), Buffer.from(name, 'utf16le')]);

describe('what is passed on', () => {
  it.each([
    ['a picture', bytes('89504e470d0a1a0a'), 'a.png', 'image/png'],
    ['a picture under another picture’s ending', bytes('89504e470d0a1a0a'), 'a.jpg', 'image/png'],
    ['a document', text('%PDF-1.7\n'), 'a.pdf', 'application/pdf'],
    ['a text', text('Grüße, 1 < 2'), 'a.txt', 'text/plain'],
    ['a text of two bytes a character', utf16('Hello'), 'notes', 'text/plain'],
    ['data', text('{"a":1}'), 'a.json', 'text/plain'],
    ['a table of XML', text('<?xml version="1.0"?><feed/>'), 'a.xml', 'text/plain'],
    ['an archive', zipOf(['a.txt', 'b/c.txt']), 'a.zip', 'application/zip'],
    [
      'an office document',
      zipOf(['[Content_Types].xml', 'word/document.xml']),
      'a.docx',
      'application/vnd.openxmlformats-officedocument',
    ],
    ['an open document', zipOf(['mimetype', 'content.xml']), 'a.odt', 'application/vnd.oasis.opendocument'],
    ['an older office document', compound('WordDocument'), 'a.doc', 'application/x-ole-storage'],
    ['something that nobody knows', bytes('0102030405'), 'a.dat', 'application/octet-stream'],
    ['nothing', new Blob([]), 'empty', 'application/octet-stream'],
    ['a film', bytes('000000206674797069736f6d'), 'a.mp4', 'video/mp4'],
    ['sound in the form of a film', bytes('000000206674797069736f6d'), 'a.m4a', 'video/mp4'],
  ])('%s', async (_, file, name, mediaType) => {
    expect(await inspectFile(file, name)).toEqual({ mediaType, danger: null });
  });
});

describe('what is not', () => {
  it.each([
    ['a program of Windows', bytes('4d5a90'), 'a.dat', 'program'],
    ['a program that says it is a picture', bytes('4d5a90'), 'a.png', 'program'],
    ['a program of Linux', bytes('7f454c46'), 'a', 'program'],
    ['a program of macOS', bytes('cffaedfe'), 'a', 'program'],
    ['an Android app', zipOf(['AndroidManifest.xml', 'classes.dex']), 'a.zip', 'program'],
    ['a Java program', zipOf(['META-INF/MANIFEST.MF', 'A.class']), 'a.zip', 'program'],
    [
      'an installer',
      new Blob([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.from('84100c0000000000c000000000000046', 'hex'),
      ]),
      'a',
      'program',
    ],
    ['a disk image', new Blob([new Uint8Array(0x8001), 'CD001', new Uint8Array(9)]), 'a.dat', 'program'],
    ['a shortcut', bytes('4c0000000114020000000000c000000000000046'), 'a.pdf', 'program'],
    ['a program by its ending alone', text('hello'), 'invoice.pdf.exe', 'program'],
    ['an ending in capitals', text('hello'), 'INVOICE.EXE', 'program'],
    ['a script by its first line', text('#!/bin/sh\nrm -rf ~'), 'notes.txt', 'script'],
    ['a script by its ending', text('alert(1)'), 'a.js', 'script'],
    ['a web page', text('\n <!DOCTYPE html><p>'), 'a.txt', 'active'],
    ['a web page in two bytes a character', utf16('<script>alert(1)</script>'), 'a.txt', 'active'],
    ['a web page as a table', text('<html><table>'), 'a.xls', 'active'],
    [
      'a drawing',
      text('<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'),
      'a.xml',
      'active',
    ],
    ['a drawing with a prefix', text('<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'), 'a.xml', 'active'],
    ['a page by its ending', text('hello'), 'a.html', 'active'],
    [
      'an office document with macros',
      zipOf(['[Content_Types].xml', 'word/vbaProject.bin']),
      'a.docx',
      'macros',
    ],
    [
      'an open document with macros',
      zipOf(['mimetype', 'content.xml', 'Basic/Standard/Module1.xml']),
      'a.odt',
      'macros',
    ],
    ['an older document with macros', compound('_VBA_PROJECT'), 'a.doc', 'macros'],
    ['an archive that says it is a document', zipOf(['a.txt']), 'a.docx', 'mismatch'],
    ['a text that says it is a document', text('hello'), 'a.pdf', 'mismatch'],
    ['a picture that says it is a document', bytes('ffd8ff'), 'a.pdf', 'mismatch'],
    ['an archive that ends early', zipOf(['a.txt']).slice(0, 40), 'a.zip', 'unclear'],
  ])('%s', async (_, file, name, danger) => {
    expect((await inspectFile(file, name)).danger).toBe(danger);
  });

  it.each([
    ['whose comment is another end', '', 0],
    ['whose comment has an end that reaches no end', 'x', 0],
    ['with something behind it', '', 7],
  ])('an archive %s: programs would differ in what they read', async (_, behind, more) => {
    const macros = zipOf(['[Content_Types].xml', 'word/vbaProject.bin']);
    const plain = await zipOf(['[Content_Types].xml']).text();
    const archive = more > 0 ? zipOf(['a.txt']) : zipOf(['a.txt'], { comment: plain + behind });
    const parts = more > 0 ? [archive, new Uint8Array(more)] : [macros, archive];
    expect((await inspectFile(new Blob(parts), 'a.zip')).danger).toBe('unclear');
  });

  it('an archive within an archive is none of these', async () => {
    const inner = zipOf(['b.txt']);
    expect((await inspectFile(new Blob([inner, zipOf(['b.zip'])]), 'a.zip')).danger).toBeNull();
  });

  it('an archive with something in front of it, or a comment behind', async () => {
    const archive = zipOf(['[Content_Types].xml', 'xl/vbaProject.bin'], { comment: 'a comment PK' });
    expect((await inspectFile(archive, 'a.xlsx')).danger).toBe('macros');
  });
});
