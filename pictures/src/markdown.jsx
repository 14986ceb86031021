// Discord's markdown, with the parser technique that Discord uses itself (simple-markdown).
import { SimpleMarkdown, rulesExtended } from 'discord-markdown-parser';

import { discordTime } from './times.js';

const atLineStart = (state) => !state.prevCapture || state.prevCapture[0].endsWith('\n');
const only = (regex) => (source, state) => (atLineStart(state) ? regex.exec(source) : null);
const LIST = /^(?: *(?:[-*]|\d+\.) +[^\n]+(?:\n|$))+/;
const ITEM = /^( *)([-*]|\d+\.) +(.+)$/;

/** The parser lacks lists, the newest time styles, and takes a Japanese letter for the end of a word. */
const blocks = {
  ...rulesExtended,
  heading: { ...rulesExtended.heading, match: only(/^(#{1,3}) +([^\n]+?)(\n|$)/) },
  subtext: { ...rulesExtended.subtext, match: only(/^-# +([^\n]+?)(\n|$)/) },
  list: {
    order: rulesExtended.heading.order - 0.2,
    match: only(LIST),
    parse: ([text], parse, state) => ({
      items: text.trimEnd().split('\n').map((line) => {
        const [, indent, mark, content] = ITEM.exec(line);
        return { depth: Math.min(Math.ceil(indent.length / 2), 10), mark, content: parse(content, { ...state, prevCapture: ['.'] }) };
      }),
    }),
  },
  timestamp: { ...rulesExtended.timestamp, match: (source) => /^<t:(-?\d+)(?::([tTdDfFsSR]))?>/.exec(source) },
  text: { ...rulesExtended.text, match: (source) => /^[\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\n|\w+:\S|$)/.exec(source) },
};
const { heading, subtext, list, link, blockQuote, codeBlock, ...line } = blocks;
const parseBlocks = SimpleMarkdown.parserFor(blocks);
const parseLine = SimpleMarkdown.parserFor(line);

/** All of it: contents, descriptions, values of fields. */
export const Markdown = ({ text, reader }) => draw(parseBlocks(text, { inline: true }), reader);
/** Titles and names of fields: one line without links. */
export const Inline = ({ text, reader }) => draw(parseLine(text, { inline: true }), reader);

const draw = (nodes, reader) => [nodes].flat().map((node, key) => <Node key={key} node={node} reader={reader} />);

function Node({ node, reader }) {
  const content = node.content && typeof node.content !== 'string' ? draw(node.content, reader) : node.content;
  const Heading = `h${node.level}`;
  switch (node.type) {
    case 'text': case 'twemoji': case 'emoticon': return node.content ?? node.name;
    case 'br': case 'newline': return <br />;
    case 'strong': return <strong>{content}</strong>;
    case 'em': return <em>{content}</em>;
    case 'underline': return <u>{content}</u>;
    case 'strikethrough': return <s>{content}</s>;
    case 'spoiler': return <span className="spoiler">{content}</span>;
    case 'link': case 'url': case 'autolink': return <a href={node.target}>{content}</a>;
    case 'inlineCode': return <code>{content}</code>;
    case 'codeBlock': return <pre>{content}</pre>;
    case 'blockQuote': return <blockquote>{content}</blockquote>;
    case 'heading': return <Heading>{content}</Heading>;
    case 'subtext': return <small>{content}</small>;
    case 'list': return <List items={node.items} reader={reader} />;
    case 'timestamp': return <time>{discordTime(new Date(node.timestamp * 1000), node.format, reader)}</time>;
    case 'user': return <span className="mention">@member</span>;
    case 'role': return <span className="mention">@role</span>;
    case 'channel': return <span className="mention"># channel</span>;
    case 'everyone': case 'here': return <span className="mention">@{node.type}</span>;
    case 'slashCommand': return <span className="mention">/{node.fullName ?? node.name}</span>;
    default: return content ?? node.type;
  }
}

const List = ({ items, reader }) => (
  <div className="list">
    {items.map(({ depth, mark, content }, key) => (
      <div key={key} className="item" style={{ marginLeft: 22 + 20 * depth }}>
        <span className="mark">{/\d/.test(mark) ? mark : depth ? '◦' : '•'}</span>{draw(content, reader)}
      </div>
    ))}
  </div>
);
