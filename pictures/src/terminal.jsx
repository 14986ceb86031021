import './terminal.css';

import Anser from 'anser';

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;
const LINK = /\u001b\]8;[^;]*;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
const letters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

export function Terminal({ picture }) {
  const text = picture.text.replace(LINK, '').replace(/\r\n/g, '\n').replace(/\n$/, '');
  const runs = Anser.ansiToJson(text, { use_classes: true, remove_empty: true });
  return (
    <div className="window">
      <div className="bar"><i /><i /><i /><span>{picture.title ?? picture.author}</span></div>
      <pre style={picture.columns && { width: `calc(${picture.columns}ch + 32px)` }}>{runs.map((run, key) => <Run key={key} run={run} />)}</pre>
    </div>
  );
}

function Run({ run: { content, fg, bg, fg_truecolor, bg_truecolor, decorations, isInverted } }) {
  const color = (name, exact) => {
    if (!name) return undefined;
    const numbered = /^ansi-palette-(\d+)$/.exec(name);
    if (numbered) return palette(Number(numbered[1]));
    return name === 'ansi-truecolor' ? `rgb(${exact})` : `var(--${name})`;
  };
  // Anser has swapped the two already, with black and white for what was not set.
  const front = isInverted && fg === 'ansi-black' ? 'var(--page)' : color(fg, fg_truecolor);
  const back = isInverted && bg === 'ansi-white' ? 'var(--text)' : color(bg, bg_truecolor);
  return <span className={decorations.join(' ')} style={{ color: front, background: back }}>{cells(content)}</span>;
}

/** Anything that is not ASCII gets a box of one or two cells, whatever the font says. */
function cells(content) {
  if (/^[\n -~]*$/.test(content)) return content;
  return [...letters.segment(content)].map(({ segment }, key) => (/^[\n -~]$/.test(segment) ? segment
    : <span key={key} className={kind(segment)}>{segment}</span>));
}

const kind = (segment) => (WIDE.test(segment) ? 'cell two' : /[\u2500-\u259f]/.test(segment) ? 'cell box' : 'cell');

/** Colours 16 to 255 of the usual 256. */
function palette(number) {
  if (number >= 232) return `rgb(${Array(3).fill(8 + 10 * (number - 232))})`;
  const level = (step) => [0, 95, 135, 175, 215, 255][step];
  const at = number - 16;
  return `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map(level)})`;
}
