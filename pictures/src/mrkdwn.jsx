// Slack's mrkdwn. The library's own parser takes 12:30:45 for an emoji, sets *bold* inside of Japanese words and knows [a](b): Slack doesn't.
import { get as emojiNamed } from 'node-emoji';

import { slackTime } from './times.js';

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const emoji = (text) => text.replace(/:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/g, (whole, name) => emojiNamed(name) ?? whole);

/** Plain text objects: only emoji names mean something. */
export const plain = (text, withEmoji = true) => (withEmoji ? emoji(unescape(text)) : unescape(text));

const TOKEN = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]'"])/g;
// A mark opens after, and closes before, white space or (ASCII) punctuation: not beside a letter, nor beside a Japanese one.
const EDGE = '[\\s\\u200b!-\\/:-@\\[-`{-~\\ue000\\ue001]';
const MARKED = new RegExp(`(?<=^|${EDGE})([*_~])(?!\\s|\\1)((?:(?!\\1)[^\\n])*?[^\\s])\\1(?=$|${EDGE})`);
const STYLES = { '*': 'b', _: 'i', '~': 's' };

/** To a tree: strings and {tag, …, content}. Links and code are taken out first, so that their signs mean nothing. */
export function parse(text, { verbatim = false } = {}) {
  const taken = [];
  const keep = (node) => `\ue000${taken.push(node) - 1}\ue001`;
  const flat = text.replace(TOKEN, (whole, pre, code, angle, url) => {
    if (pre) return keep({ tag: 'pre', content: [unescape(pre.replace(/^\n|\n$/g, ''))] });
    if (code) return keep({ tag: 'code', content: [unescape(code)] });
    if (angle) return keep(special(angle));
    return verbatim ? whole : keep({ tag: 'a', href: unescape(url), content: [unescape(url)] });
  });
  const blocks = [];
  for (const line of flat.split('\n')) {
    const quote = line.startsWith('&gt;');
    const content = styled(quote ? line.slice(4).trimStart() : line, taken);
    const last = blocks.at(-1);
    if (last?.quote === quote) last.content.push('\n', ...content);
    else blocks.push({ quote, content });
  }
  return blocks.flatMap(({ quote, content }) => (quote ? [{ tag: 'quote', content }] : content));
}

function styled(text, taken) {
  const found = MARKED.exec(text);
  if (found) {
    const [all, mark, inner] = found;
    return [...leaves(text.slice(0, found.index), taken), { tag: STYLES[mark], content: styled(inner, taken) }, ...styled(text.slice(found.index + all.length), taken)];
  }
  return leaves(text, taken);
}

const leaves = (text, taken) => text.split(/(\ue000\d+\ue001)/).filter(Boolean)
  .map((part) => (part[0] === '\ue000' ? taken[parseInt(part.slice(1), 10)] : plain(part)));

function special(inside) {
  const [head, ...rest] = inside.split('|');
  const label = rest.join('|');
  const date = /^!date\^(-?\d+)\^([^^]+)(?:\^(.+))?$/.exec(head);
  if (date) return { tag: 'time', seconds: Number(date[1]), format: date[2], href: date[3], fallback: plain(label) };
  if (head[0] === '@') return { tag: 'mention', content: [`@${label || 'member'}`] };
  if (head[0] === '#') return { tag: 'mention', content: [`#${label || 'channel'}`] };
  if (head[0] === '!') return { tag: 'mention', content: [label || `@${head.slice(1).split('^')[0]}`] };
  const content = label ? [plain(label)] : [unescape(head.replace(/^mailto:/, ''))];
  return { tag: 'a', href: unescape(head), content };
}

/** As phones notify: no marks, no addresses. */
export const asPlain = (nodes) => nodes.map((node) => (typeof node === 'string' ? node : node.fallback ?? asPlain(node.content))).join('');

export const Mrkdwn = ({ text, verbatim, reader }) => <span className="mrkdwn">{draw(parse(text, { verbatim }), reader)}</span>;

const draw = (nodes, reader) => nodes.map((node, key) => (typeof node === 'string' ? node : <Node key={key} node={node} reader={reader} />));

function Node({ node: { tag: Tag, href, content, seconds, format }, reader }) {
  if (Tag === 'time') {
    const shown = slackTime(new Date(seconds * 1000), format, reader);
    return href ? <a href={href}>{shown}</a> : shown;
  }
  if (Tag === 'mention') return <span className="mention">{content}</span>;
  if (Tag === 'quote') return <span className="quote">{draw(content, reader)}</span>;
  return <Tag href={href}>{draw(content, reader)}</Tag>;
}
