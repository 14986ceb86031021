#!/usr/bin/env node
// Draws message payloads to PNG: node draw.mjs --in DIR_OR_FILES… --out DIR
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND', '--font-render-hinting=none',
];

async function jsonFiles(paths) {
  const files = [];
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) files.push(path);
    else for (const name of (await readdir(path)).sort()) if (name.endsWith('.json')) files.push(join(path, name));
  }
  return files;
}

/** A file holds one picture or a list of them. */
async function pictures(paths) {
  const found = [];
  for (const file of await jsonFiles(paths)) {
    const content = JSON.parse(await readFile(file, 'utf8'));
    const list = Array.isArray(content) ? content : [content];
    for (const one of list) found.push({ name: basename(file, '.json'), ...one });
  }
  const names = new Set();
  for (const { name } of found) {
    if (!/^[\w.-]+$/.test(name)) throw new Error(`"${name}" is not a file name: use letters, digits, - _ .`);
    if (names.has(name)) throw new Error(`two pictures are called "${name}"`);
    names.add(name);
  }
  return found;
}

/** Scripts, styles and fonts in one string: the page needs nothing from outside. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src/page.jsx')],
    outdir: here, write: false, bundle: true, minify: true, format: 'iife', target: 'chrome120', jsx: 'automatic', logLevel: 'warning',
    loader: { '.woff2': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (ending) => outputFiles.find((file) => file.path.endsWith(ending)).text;
  return { script: text('.js'), styles: text('.css') };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { in: { type: 'string', multiple: true, default: [] }, out: { type: 'string', default: join(here, 'out') } },
  });
  const inputs = [...values.in, ...positionals];
  if (!inputs.length) throw new Error('usage: node draw.mjs --in DIR_OR_FILE [--in …] [--out DIR]');
  const todo = await pictures(inputs);
  await mkdir(values.out, { recursive: true });

  const [{ script, styles }, browser] = await Promise.all([
    bundle(),
    chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: QUIET }), // with a profile of its own in /tmp
  ]);
  let failed = 0;
  try {
    const context = await browser.newContext({ deviceScaleFactor: 2, reducedMotion: 'reduce' });
    await context.route('**/*', (route) => route.abort());
    const page = await context.newPage();
    page.on('pageerror', (error) => console.error(`page: ${error.message}`));
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="stage"></div>');
    await page.addStyleTag({ content: styles });
    await page.addScriptTag({ content: script });
    for (const picture of todo) {
      try {
        await page.setViewportSize({ width: picture.width ?? 720, height: 400 });
        const notes = await page.evaluate((one) => window.draw(one), picture);
        const path = join(values.out, `${picture.name}.png`);
        await page.locator('#stage').screenshot({ path });
        console.log(path);
        for (const note of notes) console.error(`${picture.name}: ${note}`);
      } catch (error) {
        failed += 1;
        console.error(`${picture.name}: ${error.message.split('\n')[0]}`);
      }
    }
  } finally {
    await browser.close();
  }
  if (failed) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
